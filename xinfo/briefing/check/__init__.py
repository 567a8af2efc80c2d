"""A file that comes back: its passports, what stands in it now, and what the store has today."""
