"""How a sentence says which of its figures are no published ones: one by one where some are, else once at its end.

What a figure is stands in its row's mark: made up, unconfirmed, internal, an estimate, preliminary. No number is
changed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xinfo.answer.coverage import of_how_many
from xinfo.answer.findings import Findings
from xinfo.answer.rows import Row
from xinfo.language.texts import text, uploaded_by
from xinfo.store.standing import FAINT

STOPS, BRACKETS = (".", "。"), (")", "）")
OF_GOALS = frozenset(["pace", "required"])
"""What templates need that set a figure beside its target."""
FORMS = ("one", "a", "many", "all", "data", "name")
"""How a mark is said: of one figure, with its article, of several, of all there are, of a list, before a number."""
GIVEN = "reported"


def words(mark: str, who: str, lang: str) -> dict[str, str]:
    """A mark in words, by form; `who` loaded what is unconfirmed, as far as that is known."""
    by = uploaded_by(who, lang)
    return {form: text(f"mark.{mark}.{form}", lang, by=by) for form in FORMS}


def beside(mark: str, who: str, lang: str) -> str:
    """The mark of a figure that stands alone in a text."""
    return "" if mark == GIVEN else text("told.beside", lang, **words(mark, who, lang))


def tells(said: str, marks: Iterable[str], who: str, lang: str) -> bool:
    """Whether a text says any of these marks."""
    return any(form in said for mark in marks if mark != GIVEN for form in words(mark, who, lang).values())


def owns_up(said: str, findings: Findings) -> bool:
    """Whether a text says any of the marks of an answer."""
    return any(tells(said, [mark], who_of(mark, findings), findings.lang) for mark in findings.statuses)


def marks(row: Row, findings: Findings) -> dict[str, str]:
    """The marks of a row's figure: beside it, within brackets, and where its period is told with it.

    They are empty where its like are all of one kind.
    """
    kinds = ("beside", "within", "dated")
    mark = row.get("status") or GIVEN
    if len(findings.marks) < 2 or mark == GIVEN:
        return dict.fromkeys(kinds, "")
    said = words(mark, findings.uploaders(row.get("sources") or ()), findings.lang)
    return {kind: text(f"told.{kind}", findings.lang, **said) for kind in kinds}


def owned_up(said: str, findings: Findings) -> str:
    """The sentence with what it rests on in brackets before its stop: of few of the places, or on no published figure,
    where that is not said yet."""
    stop = said[-1:] if said.endswith(STOPS) else ""
    before = said.removesuffix(stop)
    kind = _told(before, findings) if set(findings.statuses) - {GIVEN} else ""
    told = text("list.semicolon", findings.lang).join(filter(None, (of_how_many(findings), kind)))
    return _with_aside(before, told, findings.lang) + stop


def owned_up_together(said: str, every: Sequence[Findings]) -> str:
    """The same of a sentence that rests on several answers: whether all of their figures are of that kind, or some."""
    if len(every) == 1:
        return said if owns_up(said, every[0]) else owned_up(said, every[0])
    lang, stop = every[0].lang, said[-1:] if said.endswith(STOPS) else ""
    kinds = {mark: one for one in every for mark in one.statuses}
    open_ = [mark for mark, one in kinds.items() if not tells(said, [mark], who_of(mark, one), lang)]
    form = "told.all.many" if len(kinds) == 1 else "told.among"
    told = [text(form, lang, **_words(mark, kinds[mark])) for mark in open_ if mark != GIVEN]
    return _with_aside(said.removesuffix(stop), text("list.semicolon", lang).join(told), lang) + stop


def _with_aside(said: str, told: str, lang: str) -> str:
    if not told:
        return said
    form = "told.aside_after" if said.endswith(BRACKETS) else "told.aside"
    return said + text(form, lang, told=told)


def sides(values: dict[str, str], findings: Findings) -> dict[str, str]:
    """The two figures of a difference, in words; where they are of two kinds, which."""
    told = findings.records[0].get("statuses") or []
    first, second = ({*half} for half in (told[: len(told) // 2], told[len(told) // 2 :]))
    if first == second or len(first) != 1 or len(second) != 1 or len(told) % 2:
        return values
    return {
        name: _side(value, mark, findings)
        for (name, value), mark in zip(values.items(), (*first, *second), strict=True)
    }


def _side(value: str, mark: str, findings: Findings) -> str:
    if mark == GIVEN:
        return text("told.side.published", findings.lang, value=value)
    return text("told.side.other", findings.lang, value=value, name=_words(mark, findings)["name"])


def _words(mark: str, findings: Findings) -> dict[str, str]:
    return words(mark, who_of(mark, findings), findings.lang)


def who_of(mark: str, findings: Findings) -> str:
    """Who loaded what has this mark: figures of the answer, else those that it only tells of."""
    own = mark in findings.marks or mark in findings.gathered("statuses")
    return findings.uploaders(findings.sources if own else None)


def _told(said: str, findings: Findings) -> str:
    """What of the marks the sentence does not say yet: of its own figures before what it tells of others, so that 'all'
    is not read of those."""
    if goals := _goals(findings):
        return goals
    own = {*findings.marks, *findings.gathered("statuses")}
    found = sorted((mark for mark in findings.statuses if mark != GIVEN), key=lambda mark: mark not in own)
    open_ = [mark for mark in found if not tells(said, [mark], who_of(mark, findings), findings.lang)]
    return text("list.semicolon", findings.lang).join(_of(mark, said, findings) for mark in open_)


def _of(mark: str, said: str, findings: Findings) -> str:
    """What of the answer has this mark: all of it, some figures, a part of one, or what they are held against."""
    forms, lang = _words(mark, findings), findings.lang
    if mark in findings.marks and len(findings.marks) > 1:
        return text("told.among", lang, **forms)
    if mark in findings.marks and len(findings.own_statuses) < 2:
        return text(f"told.all.{_kind(said, findings)}", lang, **forms)
    if mark in findings.marks or mark in findings.gathered("statuses"):
        return text("told.partly", lang, **forms)
    return text(f"told.through.{_aside(mark, findings)}", lang, **forms)


def _kind(said: str, findings: Findings) -> str:
    needs = findings.template.needs
    if "projects" in needs:
        return "projects"
    if len(findings.rows) != 1 or findings.template.is_sided:
        return "many"
    return "alone" if said.endswith(BRACKETS) else "one"


def _aside(mark: str, findings: Findings) -> str:
    """What has the mark where the figures themselves do not: what chose their places, what they are held against, what
    was put in order with them, places or periods."""
    kinds = ("chosen", "beside")
    order = "period" if findings.gathered("periods") else "rival"
    return next((kind for kind in kinds if mark in findings.gathered(f"{kind}_statuses")), order)


def _goals(findings: Findings) -> str:
    """Which is no published figure, the target or what happened; empty where both are or that cannot be told."""
    slots = findings.slots
    if slots.measure not in ("gap", "attainment") and slots.bar != "target" and not findings.template.needs & OF_GOALS:
        return ""
    # Statements give what happened and its target in turns.
    told = [status for record in findings.records for status in record.get("statuses") or ()]
    key = f"told.goals.{_how_many(told[::2])}_{_how_many(told[1::2])}"
    kinds = {mark for mark in told if mark in FAINT}
    if len(told) % 2 or len(slots.main_periods) > 1 or any(when.start != when.end for when in slots.periods):
        return ""
    several = "many" if len(told) > 2 else "one"
    if key not in GOALS or len(kinds) != 1:
        return ""
    return text(f"{key}.{several}", findings.lang, **_words(kinds.pop(), findings))


GOALS = tuple(f"told.goals.{kinds}" for kinds in ("all_none", "all_some", "some_none", "none_all", "none_some"))


def _how_many(marks: Sequence[str]) -> str:
    found = sum(mark in FAINT for mark in marks)
    return "none" if not found else "all" if found == len(marks) else "some"
