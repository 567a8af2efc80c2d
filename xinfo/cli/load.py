"""`xinfo load`: further files into a store, whole or not at all."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from xinfo.cli.console import LANGUAGES, complain, progress, say
from xinfo.cli.stores import DATA, QUERIES, by, by_option, desk, now, ready, store_option
from xinfo.errors import InputError, Problem
from xinfo.store.standing import KINDS

if TYPE_CHECKING:
    from xinfo.intake.report import Line, Question, Report

HELP = "check files and add them to a store, all of them or none"
EXAMPLES = (
    "xinfo load 2016Q1.csv --dry-run",
    "xinfo load observation.csv target.csv --store figures.duckdb",
    "xinfo load table.xlsx --propose table.yaml",
    "xinfo load table.xlsx --mapping table.yaml --yes unit:gdp",
    "xinfo load sdmx/figures.csv sdmx/targets.csv",
    'xinfo load 2016Q1.csv --publisher "Xining Bureau of Statistics" --status preliminary',
)
SHOWN = 200
"""Lines of problems that are told."""


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    by_option(parser)
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="CSV, XLSX, Parquet; SDMX-CSV with its structure beside it"
    )
    parser.add_argument("--dry-run", action="store_true", help="check and count only; the store stays as it is")
    mapping = "how the tables are read that are not in the import format; may be given several times"
    parser.add_argument("--mapping", type=Path, action="append", default=[], metavar="FILE", help=mapping)
    parser.add_argument(
        "--propose", type=Path, metavar="FILE", help="write how the tables seem to be meant, to be checked"
    )
    parser.add_argument("--report", type=Path, metavar="FILE", help="write what becomes of each row, as CSV")
    answer = "answer a question: KEY says that it is right as it stands, KEY=CHOICE takes a choice"
    parser.add_argument("--yes", type=_answer, action="append", default=[], metavar="KEY[=CHOICE]", help=answer)
    parser.add_argument(
        "--publisher", default="", metavar="NAME", help="who published the figures; else what files say"
    )
    parser.add_argument("--status", choices=tuple(KINDS), default="", help="what they are; else what files say")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the report and of questions")


def _answer(text: str) -> tuple[str, str]:
    from xinfo.intake.report import can_be_asked

    key, _, choice = text.partition("=")
    key = key.strip()
    if not can_be_asked(key):
        raise argparse.ArgumentTypeError(
            f"'{text}' answers no question; expected one such as unit:gdp or running=single"
        )
    return key, choice.strip()


def run(arguments: argparse.Namespace) -> int:
    from xinfo.ask import open_workspace
    from xinfo.intake.claimed import Claimed
    from xinfo.intake.given import answers_of, read_given, written
    from xinfo.intake.load import Load, take, words_of
    from xinfo.intake.report import as_csv
    from xinfo.stewardship import vouched

    store = ready(arguments)
    mappings = [mapping for path in arguments.mapping for mapping in read_given(path)]
    answers = answers_of(mappings) | dict(arguments.yes)
    words, asks = partial(words_of, store, QUERIES, DATA / "division.csv"), vouched.doubt(store, QUERIES)
    claims = {"": Claimed(arguments.publisher.strip(), arguments.status)}
    load = Load(store, words, mappings, answers, claims=claims, doubt=asks)
    report = take(load, arguments.files, at=now(), who=by(arguments), dry_run=arguments.dry_run, progress=progress())
    report = vouched.taken_over(report, lambda: desk(arguments, open_workspace(store, QUERIES)), answers)
    if arguments.propose:
        _write(arguments.propose, written(report.tables, arguments.lang).encode("utf-8"))
    if arguments.report:
        _write(arguments.report, as_csv(report, arguments.lang))
    if report.outcome == "refused":
        return complain(_refusal(report, arguments.lang))
    if report.outcome == "questions":
        return complain(_questions(report, arguments.lang))
    _tell(report, arguments, store)
    return 0


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}") from error


def _tell(report: Report, arguments: argparse.Namespace, store: Path) -> None:
    from xinfo.intake.report import UNSEEN, Said
    from xinfo.store.versions import number

    for one in report.files:
        rows = one.new + one.revised + one.unchanged
        counts = f"{one.new:,} new, {one.revised:,} revised, {one.unchanged:,} unchanged"
        counts += f", {one.conflict:,} given otherwise by another source" if one.conflict else ""
        counts += f", {one.repeated:,} repeated" if one.repeated else ""
        counts += f", {one.blank:,} blank" if one.blank else ""
        say(f"{one.file}: {rows:,} {one.table} rows: {counts}")
    if arguments.dry_run or report.version is None:
        say("nothing written: dry run")
    else:
        say(f"{store}: version {number(report.version)} by {by(arguments)}, fingerprint {report.fingerprint}")
    for line in report.of("note"):
        if isinstance(line.what, Said) and line.what.key.startswith(("note.vouched", "note.unequal", *UNSEEN)):
            say(line.what.text(arguments.lang))
    for line in report.skipped:
        where = ", ".join(filter(None, (line.file, line.sheet)))
        say(f"{where}: {line.what if isinstance(line.what, str) else line.what.text(arguments.lang)}")
    if report.version:
        _tell_open(store)


def _tell_open(store: Path) -> None:
    """Which sources wait for a steward."""
    from xinfo.store.confirm import waiting

    if open_ones := waiting(store):
        names = ", ".join(one.source_id for one in open_ones)
        say(f"shown as 'uploaded, not confirmed' until a steward confirms them: {names}")
        first = open_ones[0]
        say(f"to confirm: xinfo sources confirm '{first.source_id}' --as {first.kind or 'published'} --store {store}")


def _refusal(report: Report, lang: str) -> str:
    """What was refused, line by line."""
    twice = [line for line in report.of("conflict") if not line.earlier]
    wrong = [*report.of("refused"), *twice]
    count = max(len(wrong), report.count("refused") + len(twice))
    said = "\n".join(_problem(line, lang) for line in wrong[:SHOWN])
    more = f"\n… and {count - SHOWN:,} more; --report tells of them" if count > SHOWN else ""
    kept = f"\nkept for mending: xinfo quarantine show {report.kept[0]}" if report.kept else ""
    return f"nothing was loaded, {count} problem{'s' * (count > 1)}:\n{said}{more}{kept}"


def _problem(line: Line, lang: str) -> str:
    what, expected = (one if isinstance(one, str) else one.text(lang) for one in (line.what, line.expected))
    nearest = tuple(line.nearest)
    return str(Problem(what, line.file, line.sheet, line.row, line.cell, line.column, expected, nearest))


def _questions(report: Report, lang: str) -> str:
    count = len(report.questions)
    head = f"nothing was loaded, {count} question{'s' * (count > 1)}:"
    asked = "\n".join(_question(one, lang) for one in report.questions)
    tables = any(table.questions for table in report.tables)
    hint = (
        "\n--propose FILE writes how the tables are read; load with --mapping FILE once it is right" if tables else ""
    )
    return f"{head}\n{asked}{hint}"


def _question(question: Question, lang: str) -> str:
    told = [f"    {_problem(line, lang)}" for line in question.lines[:3] if line.what != question.what]
    answers = [f"--yes {question.key}" + ("" if one in ("keep", "yes") else f"={one}") for one in question.choices]
    answers = answers or [f"--yes {question.key}=…"]
    return "\n".join([f"  {question.what.text(lang)}", *told, f"    answer with {' or '.join(answers[:6])}"])
