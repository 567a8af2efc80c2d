"""Where templates and words lie: those that xinfo ships, and those that people made, which stand beside their store.

    <store>.templates/ID.yaml            a template that questions hear
    <store>.templates/history/ID/        its versions, and who did what with them
    <store>.vocabulary.yaml              phrases that were taught

What is shipped is read, never written. Before, people's own lay among it; each store takes that over once.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from xinfo.errors import InputError, StoreError
from xinfo.store.cache import beside
from xinfo.store.versions import missing, of_version
from xinfo.store.whole import write_whole

EARLIER_TEMPLATES, EARLIER_WORDS = "own", "vocabulary/own.yaml"
"""Where people's own lay before, in the folder of what is shipped: read no more."""


@dataclass(frozen=True)
class Assets:
    """What a store is asked with."""

    shipped: Path
    """The folder `queries`."""
    store: Path
    """Whose own templates and words are read, too."""

    @property
    def templates(self) -> Path:
        return folder_of_templates(self.store)

    @property
    def words(self) -> Path:
        return file_of_words(self.store)

    @property
    def cache(self) -> Path:
        """Where is kept what takes long to make of all of it."""
        return beside(self.store)

    def is_own(self, path: str | Path) -> bool:
        """Whether a file of a template is one of people's own."""
        return Path(path).parent == self.templates


def assets_of(store: Path, shipped: Path) -> Assets:
    """That of a store, which may be named by the file of one of its versions."""
    return Assets(shipped, of_version(store))


def folder_of_templates(store: Path) -> Path:
    """Where people's own templates are kept."""
    return store.with_name(store.name + ".templates")


def file_of_words(store: Path) -> Path:
    """Where the phrases are kept that people taught."""
    return store.with_name(store.name + ".vocabulary.yaml")


def take_over(assets: Assets) -> bool:
    """Copies what lay among the shipped files before to a store that has none of its own; whether it did so now.

    What lay there stays, as other stores may be still to take it over. Raises StoreError where nothing can be written
    beside the store.
    """
    templates, words = assets.shipped / EARLIER_TEMPLATES, assets.shipped / EARLIER_WORDS
    nothing = not (templates.exists() or words.exists())
    if nothing or assets.templates.exists() or missing(assets.store):
        return False
    begun = assets.store.with_name(f"{assets.store.name}.taking-over-{os.getpid()}")
    try:
        if words.exists() and not assets.words.exists():
            write_whole(assets.words, words.read_bytes().decode("utf-8"))
        if templates.exists():
            shutil.copytree(templates, begun)
        else:
            begun.mkdir()
        # Last, and in one step: that it is there says that all was taken over.
        begun.rename(assets.templates)
    except (OSError, InputError, UnicodeDecodeError) as error:
        shutil.rmtree(begun, ignore_errors=True)
        if assets.templates.exists():  # another process was faster
            return False
        why = getattr(error, "strerror", None) or error
        raise StoreError(f"{assets.templates} cannot be written: {why}") from error
    return True
