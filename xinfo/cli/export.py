"""`xinfo export`: a store as a folder of Parquet files for a cluster."""

from __future__ import annotations

import argparse
from pathlib import Path

from xinfo.cli.console import progress, say
from xinfo.cli.stores import ready, store_option

HELP = "write a store as partitioned Parquet, for asking it on a Spark cluster with --engine"
EXAMPLES = ("xinfo export --parquet /data/xinfo-0001", "xinfo export --store figures.duckdb --parquet tables/")


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    parser.add_argument("--parquet", type=Path, metavar="DIR", required=True, help="the folder to make")


def run(arguments: argparse.Namespace) -> int:
    from xinfo.store.export import export_parquet
    from xinfo.store.versions import current

    rows = export_parquet(current(ready(arguments)), arguments.parquet, progress())
    say(f"{arguments.parquet}: {rows['observation']:,} figures, {len(rows)} tables")
    return 0
