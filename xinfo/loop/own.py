"""The vocabulary's own file: phrases that were taken in while xinfo was used. The only module that writes vocabulary.

`<store>.vocabulary.yaml` has the form of the shipped files: kind, value, phrases by language. Comments and order are
kept, and a reader sees the old file or the new one, never half of it. Whoever changes it does so alone, so that no
phrase of two people who teach at once is lost.
"""

from __future__ import annotations

import io
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from xinfo.errors import InputError
from xinfo.loop.proposals import Proposal, Trial
from xinfo.store.assets import file_of_words
from xinfo.store.locks import alone
from xinfo.store.whole import write_whole

HEADING = "# Phrases taken in from questions that were not understood: kind, value, phrases by language.\n"
LOCK = ".vocabulary.lock"
"""What stands behind the store's name."""
WAIT = 10
"""Seconds that somebody waits for others who change the phrases."""


def own_phrases(store: Path) -> tuple[Proposal, ...]:
    """What was taken in so far, in the order of the file. Raises InputError where the file is no YAML."""
    tree = _tree(own_text(store), file_of_words(store))
    return tuple(
        Proposal(str(phrase), str(kind), str(value))
        for kind, values in tree.items()
        for value, words in values.items()
        for phrases in words.values()
        for phrase in phrases
    )


def own_text(store: Path) -> str:
    """The file as it stands. Raises InputError where it cannot be read."""
    path = file_of_words(store)
    try:
        return path.read_text(encoding="utf-8") if path.exists() else HEADING
    except (UnicodeDecodeError, OSError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error


def take_in(trial: Trial, store: Path) -> None:
    """Writes the phrase of a trial that broke nothing. Raises InputError where it did break something."""
    _require_passed(trial)
    with _alone(store):
        _take_in(trial.proposal, store)


def take_out(proposal: Proposal, store: Path) -> None:
    """Removes a phrase that was taken in; what becomes empty goes with it. Raises InputError where it is not there."""
    with _alone(store):
        write_whole(file_of_words(store), _without(proposal, own_text(store), file_of_words(store)))


def put_back(trial: Trial, store: Path, before: str) -> None:
    """Takes in again what was taken out of a file with the text `before`, which it then has again.

    Where other phrases have changed since, it stands behind them. Raises InputError where it would break something now.
    """
    path = file_of_words(store)
    _require_passed(trial)
    with _alone(store):
        if own_text(store) == _without(trial.proposal, before, path):
            write_whole(path, before)
        else:
            _take_in(trial.proposal, store)


def _alone(store: Path) -> AbstractContextManager[None]:
    """No other process or thread changes the phrases meanwhile. Raises InputError where nothing can be written."""
    return alone(store.with_name(store.name + LOCK), f"the phrases of {store} are being changed; try again", WAIT)


def _require_passed(trial: Trial) -> None:
    if not trial.passed:
        broken = trial.broken[0].question
        raise InputError(f"“{trial.proposal.phrase}” is not taken in: {len(trial.broken)} break, such as “{broken}”")


def _take_in(proposal: Proposal, store: Path) -> None:
    write_whole(file_of_words(store), _with(proposal, own_text(store), file_of_words(store)))


def _with(proposal: Proposal, text: str, path: Path) -> str:
    tree = _tree(text, path)
    words = tree.setdefault(proposal.kind, CommentedMap()).setdefault(proposal.value, CommentedMap())
    phrases = words.setdefault(proposal.lang, _in_one_line())
    if proposal.phrase in phrases:
        return text
    phrases.append(proposal.phrase)
    return _written(tree)


def _without(proposal: Proposal, text: str, path: Path) -> str:
    tree = _tree(text, path)
    try:
        tree[proposal.kind][proposal.value][proposal.lang].remove(proposal.phrase)
    except (KeyError, ValueError) as error:
        raise InputError(f"{path}: “{proposal.phrase}” is not there as {proposal.kind} {proposal.value}") from error
    words = tree[proposal.kind][proposal.value]
    if not words[proposal.lang]:
        del words[proposal.lang]
    if not words:
        del tree[proposal.kind][proposal.value]
    if not tree[proposal.kind]:
        del tree[proposal.kind]
    return _written(tree)


def _in_one_line() -> CommentedSeq:
    phrases = CommentedSeq()
    phrases.fa.set_flow_style()
    return phrases


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.width, yaml.preserve_quotes, yaml.allow_unicode = 4096, True, True
    return yaml


def _tree(text: str, path: Path) -> Any:
    try:
        tree = _yaml().load(text) or _empty(text)
    except YAMLError as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    if not _is_vocabulary(tree):
        raise InputError(f"{path}: cannot be read", "kinds, in them values, in those lists of phrases by language")
    return tree


def _is_vocabulary(tree: object) -> bool:
    """Whether it is kind, value, language, phrases."""
    if not isinstance(tree, dict) or not all(isinstance(values, dict) for values in tree.values()):
        return False
    words = [said for values in tree.values() for said in values.values()]
    return all(isinstance(said, dict) and all(isinstance(one, list) for one in said.values()) for said in words)


def _empty(text: str) -> CommentedMap:
    """No phrases yet; a heading that the file may have stays."""
    tree, said = CommentedMap(), text or HEADING
    if said.startswith("#"):
        lines = [line.removeprefix("#").strip() for line in said.splitlines() if line[:1] == "#"]
        tree.yaml_set_start_comment("\n".join(lines))
    return tree


def _written(tree: CommentedMap) -> str:
    out = io.StringIO()
    _yaml().dump(tree, out) if tree else out.write(HEADING)
    return out.getvalue()
