"""Texts and files made by chance, by the hour: `python -m tests.fuzz guard --minutes 60`.

Each case is made of its seed, so that `--show --seed N` makes a finding again. What is found is mended and kept where
the other cases of its kind stand: statements in `tests/sql/`, files beside the tests of what reads them.
"""
