"""What axe finds wrong with a page for people who cannot see it well. Goes nowhere."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OTHERS = {"rules": {"presentation-role-conflict": {"enabled": False}}}
"""Not asked for by WCAG, and Streamlit's alone to mend: its field for files has a role that should be none."""


def violations(page: Page, where: str) -> list[str]:
    """A line for each kind of violation, with the first place where it was found."""
    found = Axe().run(page, options=OTHERS).response["violations"]
    return [f"{where}: {one['id']}: {one['nodes'][0]['html']} {one['nodes'][0]['failureSummary']}" for one in found]
