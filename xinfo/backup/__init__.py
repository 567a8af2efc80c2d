"""Everything that people have put into an installation, as one archive, and back again: `save`, `check`, `put_back`."""
