"""Writes the script by which the charts of HTML briefings come alive: `python deploy/live.py`.

Vega puts it together of its parts, which takes a second and more of a processor; it only changes with vl-convert.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import vl_convert

KEPT = Path(__file__).resolve().parents[1] / "xinfo" / "briefing" / "files" / "vega.js.gz"


def script() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script."""
    bundle: Any = vl_convert.javascript_bundle  # Its types want what it does without.
    return str(bundle())


if __name__ == "__main__":
    KEPT.write_bytes(gzip.compress(script().encode("utf-8"), 9, mtime=0))
