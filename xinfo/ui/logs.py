"""The server's own log as JSON, a line a record, for programs that collect logs. Holds no question and no name."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime


class Lines(logging.Formatter):
    """A record as one line of JSON; what failed, with its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def as_json() -> None:
    """From now on every logger of the process writes JSON lines to stderr."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    logging.root.handlers[:] = [handler]
    logging.getLogger("xinfo").setLevel(logging.INFO)
    logging.captureWarnings(True)
    for name in [name for name in logging.root.manager.loggerDict if name.startswith(("streamlit", "uvicorn"))]:
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
