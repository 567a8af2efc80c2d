"""Removing what people made: what goes with it, what keeps it from going, the bin it goes to, and the way back.

What is issued stays, and so do the templates and figures that an issue rests on. Who may remove what is asked before;
identity and time come in as arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xinfo.ask import Workspace
from xinfo.audit.verify import figures_of
from xinfo.briefing import issues, saved
from xinfo.briefing.model import said
from xinfo.errors import InputError, Problems
from xinfo.language.texts import languages, listing, text
from xinfo.loop import own, proposals
from xinfo.loop.proposals import Proposal
from xinfo.stewardship import rests
from xinfo.stewardship.shelf import Entry, Shelf
from xinfo.store import bin, history, versions
from xinfo.store.assets import Assets
from xinfo.store.bin import Binned

NEEDS = {"briefing": "brief", "phrase": "teach", "version": "restore"}
"""What one must be allowed to do to remove something and to put it back; of templates see `needed`."""


@dataclass(frozen=True)
class Told:
    """Words in any language: the key of a text under `removal`, and what it is filled with."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        values = {name: listing(one, lang) if isinstance(one, list) else one for name, one in self.values.items()}
        return text(f"removal.{self.key}", lang, **values)


@dataclass(frozen=True)
class Removal:
    """Something that somebody wants to remove."""

    kind: str
    """One of bin.KINDS."""
    name: str
    needs: str
    """What one must be allowed to do: one of access.person.ACTIONS."""
    places: tuple[str, ...] = ()
    """For which places one must be allowed to; none where it is about no place."""
    goes: tuple[Told, ...] = ()
    """What is lost with it."""
    held: tuple[Told, ...] = ()
    """Why it cannot be removed."""
    proposal: Proposal | None = None
    """Of a phrase, what it means."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """What people call it, by language; else the name."""

    def question(self, name: str, lang: str) -> str:
        """Whether to remove what goes by this name."""
        return text(f"removal.ask.{self.kind}", lang, name=name)


def of_briefing(store: Path, named: str) -> Removal:
    """Raises InputError where there is none."""
    briefing = saved.find(store, named)
    if briefing.id not in saved.listed(store):
        raise InputError(f"the briefing '{briefing.id}' is not saved beside {store}")
    series = issues.numbers(store, briefing.id)
    numbers = [one for one in series if issues.opened(store, briefing.id, one).briefing.id == briefing.id]
    held = (Told("held.issued", {"numbers": [str(number) for number in numbers]}),) if numbers else ()
    goes = Told("goes.briefing", {"n": len(list(briefing.items()))})
    titles = {lang: said(briefing.title, lang) for lang in languages()}
    return Removal("briefing", briefing.id, NEEDS["briefing"], briefing.places, (goes,), held, titles=titles)


def of_template(template_id: str, workspace: Workspace) -> Removal:
    """Raises InputError where there is none of people's own with this id."""
    entry = Shelf(workspace.assets.store).entry(template_id)
    if not entry.newest and entry.heard is None:
        raise InputError(f"there is no template '{template_id}' of your own")
    held = tuple(_held("template", one) for one in rests.issues_on_template(template_id, workspace))
    titles = next((one.title for one in workspace.templates if one.template_id == template_id), {})
    goes = tuple(_with_template(template_id, workspace))
    return Removal("template", template_id, needed(entry), (), goes, held, titles=titles)


def needed(entry: Entry) -> str:
    """What one must be allowed to do to remove a template: what others have heard is for reviewers."""
    return "review" if entry.last("published") or entry.outside else "template"


def called(binned: Binned, lang: str) -> str:
    """What people call something that was removed."""
    if binned.kind == "version":
        return text("removal.version", lang, name=binned.name)
    return binned.more.get(f"title.{lang}") or binned.name


def needed_back(binned: Binned) -> str:
    """What one must be allowed to do to put it back: the same as for removing it."""
    return binned.more.get("needs") or NEEDS[binned.kind]


def places_back(binned: Binned) -> tuple[str, ...]:
    """For which places: the same, too."""
    return tuple(binned.more.get("places", "").split())


def _with_template(template_id: str, workspace: Workspace) -> Iterator[Told]:
    entry = Shelf(workspace.assets.store).entry(template_id)
    yield Told("goes.versions", {"n": max(entry.newest, 1)})
    if entry.state in ("draft", "in_review"):
        yield Told("goes.draft", {"who": entry.author or "?"})
    template = next((one for one in workspace.templates if one.template_id == template_id), None)
    if template and template.tests.frozen:
        yield Told("goes.vouched", {"n": len(template.tests.frozen)})
    if users := rests.using(template_id, workspace):
        yield Told("goes.users", {"names": [one.template_id for one in users]})
    if asking := rests.briefings_asking(template_id, workspace):
        yield Told("goes.briefings", {"names": asking})


def of_phrase(proposal: Proposal, workspace: Workspace) -> Removal:
    """A phrase that was taught."""
    goes = []
    if templates := rests.templates_saying(proposal.phrase, workspace):
        goes.append(Told("goes.templates_saying", {"names": [one.template_id for one in templates]}))
    if briefings := rests.briefings_saying(proposal.phrase, workspace.assets.store):
        goes.append(Told("goes.briefings_saying", {"names": briefings}))
    return Removal("phrase", proposal.phrase, NEEDS["phrase"], (), tuple(goes), (), proposal)


def of_version(number: int, assets: Assets) -> Removal:
    """A version of the store of these assets. Raises StoreError where it counts or is not at hand."""
    store = assets.store
    figures, goes = figures_of(versions.earlier(store, number)), list(_with_version(number, store))
    # What another version has to the figure is not lost with this one.
    if figures in {figures_of(path) for path in versions.listed(store) if versions.number(path) != number}:
        return Removal("version", str(number), NEEDS["version"], (), tuple(goes))
    if vouched := rests.vouched_on(figures, assets):
        goes.append(Told("goes.results", {"names": [one.template_id for one in vouched]}))
    held = tuple(_held("version", one) for one in rests.issued(store) if figures in one.figures)
    return Removal("version", str(number), NEEDS["version"], (), tuple(goes), held)


def _with_version(number: int, store: Path) -> Iterator[Told]:
    made = next(one for one in history.history(store) if one.number == number)
    size = f"{made.bytes / 1e6:,.1f}"
    yield Told("goes.version", {"day": made.at[:10] or "?", "who": made.who or "?", "mb": size})
    if made.kind == "load":
        yield Told("goes.files", {"names": [file.file for file in made.files]})


def _held(kind: str, one: rests.Issued) -> Told:
    return Told(f"held.{kind}", {"briefing": one.briefing, "number": one.number})


def remove(store: Path, removal: Removal, *, who: str, at: str) -> Binned:
    """Moves it to the bin. Raises Problems where something keeps it from going, StoreError and InputError."""
    if removal.held:
        raise Problems([told.text("en") for told in removal.held])
    if removal.kind == "version":
        return versions.forget(store, int(removal.name), at=at, who=who)
    if removal.proposal:
        return _remove_phrase(store, removal.proposal, who, at)
    more = {"needs": removal.needs, "places": " ".join(removal.places)}
    more |= {f"title.{lang}": title for lang, title in removal.titles.items()}
    if removal.kind == "briefing":
        place = saved.folder(store)
        paths = [place / f"{removal.name}.yaml", place / removal.name]
        return bin.put(store, "briefing", removal.name, who=who, at=at, paths=paths, more=more)
    shelf = Shelf(store)
    with shelf.alone():
        paths = [shelf.file(removal.name), shelf.history / removal.name]
        binned = bin.put(store, "template", removal.name, who=who, at=at, paths=paths, more=more)
        shelf.mark()
    return binned


def put_back(store: Path, binned: Binned, workspace: Callable[[], Workspace]) -> None:
    """What was removed, to where it was. Raises StoreError where that is taken, InputError where it breaks others."""
    if binned.kind == "version":
        versions.bring_back(store, binned)
    elif binned.kind == "phrase":
        proposal = Proposal(binned.name, binned.more["kind"], binned.more["value"])
        own.put_back(proposals.try_out(proposal, workspace().reader, ()), store, binned.more["before"])
        bin.drop(store, binned)
    elif binned.kind == "template":
        shelf = Shelf(store)
        with shelf.alone():
            bin.put_back(store, binned)
            shelf.mark()
    else:
        bin.put_back(store, binned)


def _remove_phrase(store: Path, proposal: Proposal, who: str, at: str) -> Binned:
    more = {"kind": proposal.kind, "value": proposal.value, "before": own.own_text(store)}
    binned = bin.put(store, "phrase", proposal.phrase, who=who, at=at, more=more)
    try:
        own.take_out(proposal, store)
    except InputError:
        bin.drop(store, binned)
        raise
    return binned
