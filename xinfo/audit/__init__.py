"""The log of who did what and when, beside each store: `record` writes it, `read` and `verify` read it."""

from xinfo.audit.log import record

BEGUN = "begin"
"""The deed of an entry that says which deed is about to count."""
__all__ = ["BEGUN", "record"]
