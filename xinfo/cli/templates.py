"""`xinfo templates`: what templates there are, whether they hold together, and templates of one's own."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from xinfo.cli.console import actions, complain, say
from xinfo.cli.removing import removed, yes_option
from xinfo.cli.stores import QUERIES, at_home, begin, by_option, desk, note, opened, store_option
from xinfo.errors import InputError, Problems, did_you_mean

if TYPE_CHECKING:
    from xinfo.stewardship.desk import Desk
    from xinfo.store.assets import Assets
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
    "save": "check FILE (YAML, or ZIP with many) and put it to the store, in place of earlier ones;\n"
    "        where another person is known who reviews, it waits for him",
    "publish": "make the newest version of the template ID what questions hear, under another name than its author's",
    "export": "write the templates of one's own to FILE.zip",
    "delete": "move the template ID of one's own to the bin with its versions; shipped ones stay",
}


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    actions(parser, ACTIONS, "list")
    parser.add_argument("names", nargs="*", metavar="ID|FILE", help="of which template")
    by_option(parser)
    yes_option(parser)


def run(arguments: argparse.Namespace) -> int:
    action, names = arguments.action, arguments.names
    if action in ("show", "save", "publish", "delete", "export") and len(names) != 1:
        wanted = "FILE" if action in ("save", "export") else "ID"
        raise InputError(f"'templates {action}' takes one {wanted}, not {len(names)}")
    if action == "list":
        return _list(assets(arguments))
    if action == "show":
        say(_path(names[0], assets(arguments)).read_text(encoding="utf-8").rstrip())
        return 0
    if action == "publish":
        return _publish(arguments, names[0])
    if action == "delete":
        return _delete(arguments, names[0])
    if action == "export":
        return _export(Path(names[0]), assets(arguments))
    if action == "save" and _is_archive(Path(names[0])):
        return _save_all(arguments, Path(names[0]))
    return _check(arguments, [Path(name) for name in names], save=action == "save")


def assets(arguments: argparse.Namespace) -> Assets:
    """The shipped templates, and those of the store, which need not be there."""
    from xinfo.store.assets import Assets

    return Assets(QUERIES, at_home(arguments))


def _load(of: Assets) -> tuple[Template, ...]:
    from xinfo.understand.template import load_templates

    templates, complaints = load_templates(of.shipped, of.templates)
    for complaint in complaints:
        complain(complaint)
    return templates


def _list(of: Assets) -> int:
    for template in _load(of):
        whose = "own" if of.is_own(template.path) else "shipped"
        title = f"{template.title['en']} · {template.title['zh']}"
        say(f"{template.template_id:32} {template.version:3}  {whose:8} {title}")
    return 0


def _path(template_id: str, of: Assets) -> Path:
    paths = {template.template_id: Path(template.path) for template in _load(of)}
    if template_id not in paths:
        raise InputError(f"there is no template '{template_id}'{did_you_mean(template_id, paths)}")
    return paths[template_id]


def _delete(arguments: argparse.Namespace, template_id: str) -> int:
    from xinfo.stewardship.removal import of_template

    of = assets(arguments)
    shipped = next((one for one in _load(of) if one.template_id == template_id and not of.is_own(one.path)), None)
    if shipped:
        raise InputError(f"{shipped.path} is a shipped template; only those in {of.templates} are deleted here")
    return removed(arguments, of_template(template_id, opened(arguments)))


def _check(arguments: argparse.Namespace, files: list[Path], save: bool) -> int:
    from xinfo.review import review, with_templates

    extra = _read(files, assets(arguments))
    workspace = opened(arguments)
    if extra:
        workspace = with_templates(workspace, extra)
    status = _report(review(workspace, [template.template_id for template in extra] if files else None))
    if save and not status:
        for template in extra:
            _save(template, desk(arguments, workspace))
            note(arguments, "save_template", template=template.template_id, version=template.version)
    return status


def _read(files: list[Path], of: Assets) -> list[Template]:
    """The templates of the files; Problems where one is none or takes a shipped template's id for another file."""
    from xinfo.review import checked_id
    from xinfo.understand.template import read_template

    assets = {template.template_id: template for template in _load(of)} if files else {}
    known = {template_id: Path(template.path) for template_id, template in assets.items()}
    read: list[Template] = []
    problems: list[str] = []
    for file in files:
        try:
            read.append(read_template(file, assets))
            assets.setdefault(read[-1].template_id, read[-1])
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


def _save(template: Template, at: Desk) -> None:
    """Puts the template's file to the store as it stands, or offers it; earlier ones are kept as versions."""
    from xinfo.stewardship.shelf import read_text

    shelf, name = at.shelf, template.template_id
    head = shelf.head(name)
    shelf.save(name, read_text(Path(template.path)), head.text if head else None, at.who, at.at)
    if at.why_not(shelf.entry(name)):
        at.submit(name)
        say(f"saved {name}; it waits for somebody else than {at.who}: xinfo templates publish {name} --by NAME")
        return
    shelf.publish(name, at.who, at.at)
    say(f"saved {shelf.file(name)}")


def _publish(arguments: argparse.Namespace, template_id: str) -> int:
    at = desk(arguments, opened(arguments))
    begin(arguments, "template", template=template_id, step="publish")
    trial = at.publish(template_id)
    if not trial.passed:
        raise Problems([*trial.problems, *map(str, trial.changed)])
    note(arguments, "template", template=template_id, step="publish")
    say(f"published {at.shelf.file(template_id)}")
    return 0


def _is_archive(file: Path) -> bool:
    try:
        with file.open("rb") as opened_file:
            return opened_file.read(2) == b"PK"
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from error


def _save_all(arguments: argparse.Namespace, archive: Path) -> int:
    """Every template of an archive, all or none."""
    import tempfile

    from xinfo.stewardship.text import unpacked

    with tempfile.TemporaryDirectory() as folder:
        files = []
        for at, (name, text) in enumerate(unpacked(archive.read_bytes(), archive.name).items()):
            files.append(Path(folder) / f"{at}-{Path(name).name}")
            files[-1].write_text(text, encoding="utf-8")
        return _check(arguments, files, save=True)


def _export(file: Path, of: Assets) -> int:
    from xinfo.stewardship.shelf import read_text
    from xinfo.stewardship.text import packed

    texts = {path.stem: read_text(path) for path in sorted(of.templates.glob("*.yaml"))}
    try:
        file.write_bytes(packed(texts))
    except OSError as error:
        raise InputError(f"{file}: cannot be written: {error.strerror}") from error
    say(f"wrote {len(texts)} templates to {file}")
    return 0
