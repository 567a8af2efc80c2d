"""What people do with templates of their own: save, offer for review, publish, give back, retire, restore.

Who does it and when come in as arguments, and whether he may is asked before. Where two people exist, whoever wrote a
version does not publish it himself; and nobody does without a name.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from xinfo.access.rules import Rules
from xinfo.ask import Workspace
from xinfo.briefing import issues
from xinfo.errors import InputError, Problems
from xinfo.language.texts import text
from xinfo.stewardship.shelf import ACCEPTED, OUTSIDE, Entry, Overtaken, Shelf, Version, read_text
from xinfo.stewardship.trial import Trial, accepted, made, try_out
from xinfo.understand.template import Template


@dataclass(frozen=True)
class Desk:
    """The workspace that templates are tried on, whose store's shelf they stand on, and who is at work."""

    workspace: Workspace
    who: str
    at: str
    rules: Rules | None = None
    """Who may review; None where nobody signs in."""

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.workspace.assets.store)

    def try_out(self, template_id: str, text: str) -> Trial:
        return try_out(text, self.shelf.file(template_id), self.workspace)

    def save(self, template_id: str, text: str, began_with: str | None) -> Version | Overtaken:
        """A new draft. What cannot be read or the guard refuses is not saved: raises Problems."""
        trial = self.try_out(template_id, text)
        if trial.template is None:
            raise Problems(trial.problems)
        if trial.template.template_id != template_id:
            raise InputError(f"the id '{trial.template.template_id}' is not that of this template, '{template_id}'")
        if refused := [what for what in trial.problems if "its SQL is refused" in what]:
            raise Problems(refused)
        return self.shelf.save(template_id, text, began_with, self.who, self.at)

    def submit(self, template_id: str) -> None:
        """Offers the newest version for review."""
        self.shelf.note(template_id, "submitted", self.who, self.at)

    def give_back(self, template_id: str, note: str) -> None:
        """A version that is not good yet, with the reason."""
        self.shelf.note(template_id, "returned", self.who, self.at, note)

    def why_not(self, entry: Entry) -> str:
        """Why this person may not publish it: a text key; empty where he may."""
        if not self.who:
            return "stewardship.no_name"
        if not entry.author and not entry.outside:
            return "stewardship.no_author"
        others = reviewers(self.workspace.assets.store, self.rules) - {self.who}
        return "stewardship.own_version" if entry.author == self.who and others else ""

    def publish(self, template_id: str, accept: bool = False) -> Trial:
        """Makes the newest version what questions hear, if nothing is wrong with it; the trial says what is.

        With `accept`, results that changed are accepted under this person's name.
        """
        head = self.shelf.head(template_id)
        if head is None:
            raise InputError(f"there is no template '{template_id}'")
        if why := self.why_not(self.shelf.entry(template_id)):
            raise InputError(text(why, "en", who=self.who))
        trial = self.try_out(template_id, head.text)
        if trial.problems or (trial.changed and not accept):
            return trial
        said, note = head.text, ""
        if trial.changed:
            said = accepted(trial, self.who, self.at[:10], self.workspace.meta.get("fingerprint", ""))
            note = ACCEPTED
        if said != head.text or not head.at:
            self.shelf.save(template_id, said, head.text, self.who, self.at, note)
        self.shelf.publish(template_id, self.who, self.at)
        return Trial(said, trial.template, ())

    def accept(self, template_id: str) -> bool:
        """Takes the results of what is heard over as they are on these figures, under this person's name.

        Whether there was anything to take over. A result that is lost stays as it was, and a draft the newest version.
        """
        if not self.who:
            raise InputError(text("stewardship.no_name", "en"))
        heard = read_text(self.shelf.file(template_id))
        trial = self.try_out(template_id, heard)
        there = tuple(one for one in trial.changed if not one.reason)
        if trial.template is None or not there:
            return False
        mark = self.workspace.meta.get("fingerprint", "")
        self.shelf.accept(
            template_id, accepted(replace(trial, changed=there), self.who, self.at[:10], mark), self.who, self.at
        )
        return True

    def retire(self, template_id: str, note: str = "") -> None:
        self.shelf.retire(template_id, self.who, self.at, note)

    def restore(self, template_id: str, number: int) -> Version | Overtaken:
        """An earlier version as the newest draft."""
        head = self.shelf.head(template_id)
        return self.shelf.save(
            template_id, self.shelf.version(template_id, number).text, head.text if head else None, self.who, self.at
        )

    def drafts(self) -> tuple[Template, ...]:
        """This person's own drafts, which he hears before anybody else does; those that cannot be read are none."""
        found = []
        for entry in self.shelf.entries():
            if entry.state in ("draft", "in_review") and entry.author == self.who:
                text = self.shelf.version(entry.template_id, entry.newest).text
                with suppress(InputError):
                    found.append(made(text, self.shelf.file(entry.template_id), self.workspace))
        return tuple(found)


def reviewers(store: Path, rules: Rules | None) -> frozenset[str]:
    """Those whom the rules let review; without rules everybody who has worked on a template or signed an issue."""
    seen = {deed.who for entry in Shelf(store).entries() for deed in entry.deeds} | issues.signers(store)
    known = frozenset(seen - {"", OUTSIDE})
    return rules.able("review", known) if rules else known
