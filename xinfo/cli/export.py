"""`xinfo export`: a store for other programs."""

from __future__ import annotations

import argparse
from pathlib import Path

from xinfo.cli.console import progress, say
from xinfo.cli.stores import QUERIES, ready, store_option

HELP = "write a store for other programs: clusters, statistics offices, spreadsheets, semantic layers"
EXAMPLES = (
    "xinfo export --parquet /data/xinfo-0001",
    "xinfo export --sdmx sdmx/ --store figures.duckdb",
    "xinfo export --csvw csv/",
    "xinfo export --osi model.yaml",
)


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    to = parser.add_mutually_exclusive_group(required=True)
    parquet = "partitioned Parquet in a new folder, for asking it on a Spark cluster with --engine"
    to.add_argument("--parquet", type=Path, metavar="DIR", help=parquet)
    sdmx = "SDMX-CSV with its structure and lists of codes in a new folder; 'xinfo load' takes it back"
    to.add_argument("--sdmx", type=Path, metavar="DIR", help=sdmx)
    csvw = (
        "CSV in the import format in a new folder, with CSVW and a Data Package beside it; 'xinfo build' takes it back"
    )
    to.add_argument("--csvw", type=Path, metavar="DIR", help=csvw)
    osi = "metrics, dimensions, synonyms and relations in a file of Open Semantic Interchange, without figures"
    to.add_argument("--osi", type=Path, metavar="FILE", help=osi)


def run(arguments: argparse.Namespace) -> int:
    from xinfo.store.versions import current

    store = ready(arguments)
    version = current(store)
    if arguments.parquet:
        from xinfo.store.export import export_parquet

        rows = export_parquet(version, arguments.parquet, progress())
        say(f"{arguments.parquet}: {rows['observation']:,} figures, {len(rows)} tables")
    elif arguments.sdmx:
        from xinfo.exchange.sdmx import export_sdmx

        rows = export_sdmx(version, arguments.sdmx, progress())
        say(f"{arguments.sdmx}: {', '.join(f'{count:,} rows in {file}' for file, count in rows.items())}")
    elif arguments.csvw:
        from xinfo.exchange.described import export_csv

        rows = export_csv(version, arguments.csvw, progress())
        say(f"{arguments.csvw}: {rows['observation']:,} figures, {rows['target']:,} targets, {len(rows)} tables")
    else:
        from xinfo.ask import open_workspace
        from xinfo.exchange.osi import export_osi
        from xinfo.understand.suggest.values import synonyms_of

        lexicon = open_workspace(store, QUERIES).reader.lexicon
        say(f"{arguments.osi}: {export_osi(version, arguments.osi, synonyms_of(lexicon))} metrics")
    return 0
