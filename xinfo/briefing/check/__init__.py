"""A file that comes back: all that it said when it was written, all that it says now, and what the store has today."""
