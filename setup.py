"""What a wheel holds beside the package, where `xinfo.shipped` finds it: figures, queries, the page and its files."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
SHIPPED = (".streamlit", "data", "queries", "static")
PAGE = "app.py"
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", "*.duckdb*")


class WithShipped(build_py):
    """An editable install reads them where they are."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        there = Path(self.build_lib, "xinfo", "_shipped")
        for folder in SHIPPED:
            shutil.copytree(ROOT / folder, there / folder, ignore=LEFT_OUT, dirs_exist_ok=True)
        shutil.copy2(ROOT / PAGE, there / PAGE)


setup(cmdclass={"build_py": WithShipped})
