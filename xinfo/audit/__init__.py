"""The log of who did what and when, beside each store: `record` writes it, `read` and `verify` read it."""

from xinfo.audit.log import record

__all__ = ["record"]
