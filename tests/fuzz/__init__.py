"""Texts and files made by chance, by the hour: `python -m tests.fuzz guard --minutes 60`.

Each case is made of its seed, so that a finding can be made again. What it finds is mended and kept where the other
cases of its kind stand: `tests/sql/` for statements, `tests/fuzz/kept.py` for files.
"""
