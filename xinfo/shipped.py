"""Where what comes with xinfo lies: figures, queries, the page and its files. Reads none of it."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
INSTALLED = _PACKAGE / "_shipped"
"""There only in a wheel: see setup.py."""
SHIPPED = INSTALLED if INSTALLED.exists() else _PACKAGE.parent
"""The folder with `app.py`, `data`, `queries`, `static` and `.streamlit`: of a checkout its root."""
DIVISIONS = SHIPPED / "data" / "division.csv"
"""The gazetteer."""
