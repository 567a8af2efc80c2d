"""A field for code, with colours, line numbers and a mark where something is wrong; a small component of our own."""
