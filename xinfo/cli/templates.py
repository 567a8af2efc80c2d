"""`xinfo templates`: what templates there are, whether they hold together, and templates of one's own."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from xinfo.cli.console import complain, say
from xinfo.cli.stores import QUERIES, at_home, by, by_option, note, now, opened, store_option
from xinfo.errors import InputError, Problems, did_you_mean

if TYPE_CHECKING:
    from xinfo.store.library import Library
    from xinfo.understand.coverage import CoverageReport
    from xinfo.understand.template import Template

HELP = "list, show, check, save and delete templates, the kinds of question that are answered"
EXAMPLES = (
    "xinfo templates",
    "xinfo templates show rank",
    "xinfo templates check my.yaml",
    "xinfo templates save my.yaml",
    "xinfo templates export all.zip",
)
ACTIONS = {
    "list": "all templates: id, version, whose it is, title",
    "show": "the file of the template ID",
    "check": "try all templates, or those in FILE… among the others; 1 if anything is wrong",
    "save": "check FILE (YAML, or ZIP with many) and put it to the store, in place of earlier ones",
    "export": "write the templates of one's own to FILE.zip",
    "delete": "remove the template ID of one's own; its versions are kept, and shipped ones stay",
}


def options(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawTextHelpFormatter
    store_option(parser)
    told = "\n".join(f"{name:7} {what}" for name, what in ACTIONS.items())
    parser.add_argument("action", nargs="?", choices=tuple(ACTIONS), default="list", help=told)
    parser.add_argument("names", nargs="*", metavar="ID|FILE", help="of which template")
    by_option(parser)


def run(arguments: argparse.Namespace) -> int:
    action, names = arguments.action, arguments.names
    if action in ("show", "save", "delete", "export") and len(names) != 1:
        wanted = "FILE" if action in ("save", "export") else "ID"
        raise InputError(f"'templates {action}' takes one {wanted}, not {len(names)}")
    if action == "list":
        return _list(library(arguments))
    if action == "show":
        say(_path(names[0], library(arguments)).read_text(encoding="utf-8").rstrip())
        return 0
    if action == "delete":
        return _delete(arguments, _path(names[0], library(arguments)))
    if action == "export":
        return _export(Path(names[0]), library(arguments))
    if action == "save" and _is_archive(Path(names[0])):
        return _save_all(arguments, Path(names[0]))
    return _check(arguments, [Path(name) for name in names], save=action == "save")


def library(arguments: argparse.Namespace) -> Library:
    """The shipped templates, and those of the store, which need not be there."""
    from xinfo.store.library import Library

    return Library(QUERIES, at_home(arguments))


def _load(of: Library) -> tuple[Template, ...]:
    from xinfo.understand.template import load_templates

    templates, complaints = load_templates(of.shipped, of.templates)
    for complaint in complaints:
        complain(complaint)
    return templates


def _list(of: Library) -> int:
    for template in _load(of):
        whose = "own" if of.is_own(template.path) else "shipped"
        title = f"{template.title['en']} · {template.title['zh']}"
        say(f"{template.template_id:32} {template.version:3}  {whose:8} {title}")
    return 0


def _path(template_id: str, of: Library) -> Path:
    paths = {template.template_id: Path(template.path) for template in _load(of)}
    if template_id not in paths:
        raise InputError(f"there is no template '{template_id}'{did_you_mean(template_id, paths)}")
    return paths[template_id]


def _delete(arguments: argparse.Namespace, path: Path) -> int:
    from xinfo.stewardship.shelf import Shelf

    of = library(arguments)
    if not of.is_own(path):
        raise InputError(f"{path} is a shipped template; only those in {of.templates} are deleted here")
    Shelf(of.store).retire(path.stem, by(arguments), now())
    note(arguments, "delete_template", template=path.stem)
    say(f"deleted {path}")
    return 0


def _check(arguments: argparse.Namespace, files: list[Path], save: bool) -> int:
    from xinfo.review import review, with_templates

    extra = _read(files, library(arguments))
    workspace = opened(arguments)
    if extra:
        workspace = with_templates(workspace, extra)
    status = _report(review(workspace, [template.template_id for template in extra] if files else None))
    if save and not status:
        for template in extra:
            say(f"saved {_saved(template, arguments)}")
            note(arguments, "save_template", template=template.template_id, version=template.version)
    return status


def _read(files: list[Path], of: Library) -> list[Template]:
    """The templates of the files; Problems where one is none or takes a shipped template's id for another file."""
    from xinfo.review import checked_id
    from xinfo.understand.template import read_template

    library = {template.template_id: template for template in _load(of)} if files else {}
    known = {template_id: Path(template.path) for template_id, template in library.items()}
    read: list[Template] = []
    problems: list[str] = []
    for file in files:
        try:
            read.append(read_template(file, library))
            library.setdefault(read[-1].template_id, read[-1])
            place = known.get(checked_id(read[-1]))
            if place and not of.is_own(place) and place.resolve() != file.resolve():
                problems.append(f"{file}: the id '{read[-1].template_id}' is that of the shipped template {place}")
        except InputError as error:
            problems.append(str(error))
    if problems:
        raise Problems(problems)
    return read


def _report(found: CoverageReport) -> int:
    """Says what was tried and what is wrong; 1 if anything is."""
    say(f"{'template':32} examples  read back  sentences at most: English, Chinese")
    for row in found.rows:
        counts = ", ".join(f"{count:.3g}" for count in row.sentences.values())
        left_out = f"  ({row.skipped} examples name what the store has not)" if row.skipped else ""
        say(f"{row.template_id:32} {row.examples:8}  {row.sampled:9}  {counts}{left_out}")
    for dead in found.dead_cues:
        say(f"dead cue: {dead}")
    for collision in found.collisions:
        complain(f"collision: {collision}")
    for complaint in found.complaints:
        complain(complaint)
    wrong = len(found.collisions) + len(found.complaints)
    say(f"{len(found.rows)} templates, {sum(row.examples for row in found.rows)} examples: {wrong or 'nothing'} wrong")
    return 0 if found.passed else 1


def _saved(template: Template, arguments: argparse.Namespace) -> Path:
    """Puts the template's file into its place as it stands; earlier ones are kept as versions."""
    from xinfo.stewardship.shelf import Shelf, read_text

    shelf, at, who = Shelf(library(arguments).store), now(), by(arguments)
    head = shelf.head(template.template_id)
    shelf.save(template.template_id, read_text(Path(template.path)), head.text if head else None, who, at)
    shelf.publish(template.template_id, who, at)
    return shelf.file(template.template_id)


def _is_archive(file: Path) -> bool:
    try:
        with file.open("rb") as opened_file:
            return opened_file.read(2) == b"PK"
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from error


def _save_all(arguments: argparse.Namespace, archive: Path) -> int:
    """Every template of an archive, all or none."""
    import tempfile

    from xinfo.stewardship.packed import unpacked

    with tempfile.TemporaryDirectory() as folder:
        files = []
        for at, (name, text) in enumerate(unpacked(archive.read_bytes(), archive.name).items()):
            files.append(Path(folder) / f"{at}-{Path(name).name}")
            files[-1].write_text(text, encoding="utf-8")
        return _check(arguments, files, save=True)


def _export(file: Path, of: Library) -> int:
    from xinfo.stewardship.packed import packed
    from xinfo.stewardship.shelf import read_text

    texts = {path.stem: read_text(path) for path in sorted(of.templates.glob("*.yaml"))}
    try:
        file.write_bytes(packed(texts))
    except OSError as error:
        raise InputError(f"{file}: cannot be written: {error.strerror}") from error
    say(f"wrote {len(texts)} templates to {file}")
    return 0
