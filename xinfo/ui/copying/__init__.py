"""A button that copies a text at once and says that it did."""
