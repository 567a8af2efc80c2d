"""The ways that the grammar derives a question, by itself and laid over the one before. Corrects nothing."""

from __future__ import annotations

from collections.abc import Sequence

from xinfo.understand.attempt import Attempt, Reader, attempt, derivations
from xinfo.understand.catalog import Catalog
from xinfo.understand.dialogue import overlaid
from xinfo.understand.followed import Context, bare_groups, told_with_it
from xinfo.understand.found import bare_count, found_several
from xinfo.understand.frame import EMPTY, GOALS, GROUPS, PROJECT_GROUPS, Frame, Trouble, filled
from xinfo.understand.reading import Scope, Slots
from xinfo.understand.say import sentence
from xinfo.understand.segment import Piece
from xinfo.understand.text import Text, language_of


def derived(text: Text, pieces: Sequence[Piece], reader: Reader, context: Context | None) -> list[Attempt]:
    """The attempts that derivations give, clear ones first; one with the trouble `two_readings` where they differ.

    Of `pieces` only those count that are taken for another spelling.
    """
    frames: Sequence[Frame] = derivations(text, pieces, reader)
    frames = _of_them(frames) if context else frames
    whole = [
        frame if context else _listed(frame)
        for frame in frames
        if not (frame.pronoun or frame.pair or frame.its or (context and _of_the_last(frame, context)))
    ]
    alone = _told_apart([attempt(frame, reader) for frame in whole], text, reader)
    told = any(way.clear or two_readings(way) for way in alone)
    unsaid = [frame for frame in frames if context and _of_no_set(frame, context)]
    if context is None or (told and not unsaid):
        return alone
    over = _laid_over(frames, text, reader, context)
    meant = any(map(_of_each, unsaid)) or any(frame.pronoun or frame.of_those for frame in frames)
    if told and over and not meant and _differ(over[0], alone):
        over[0].troubles.append(Trouble("two_readings"))
    return [*(over if over and two_readings(over[0]) else over[:1]), *alone]


def _laid_over(frames: Sequence[Frame], text: Text, reader: Reader, context: Context) -> list[Attempt]:
    """The follow-ups that are clear, one for each meaning; where none is, those whose place the last answer found."""
    ways: list[tuple[Frame, list[Attempt]]] = []
    for frame in frames:
        if not (frame.new_topic or _of_projects(frame, context)):
            again = told_with_it(context.frame, frame)
            over = overlaid(context, frame, reader.catalog)
            ways.append((frame, [following(laid, reader, context, again) for laid in over]))
    clear = [(frame, way) for frame, tried in ways if (way := next((way for way in tried if way.clear), None))]
    whole = [way for frame, way in clear if not any(_says_more(other, frame) for other, _ in clear)]
    found_it = [way for _, tried in ways for way in tried if _found_it(way)]
    return _told_apart(_of_the_same(whole, context), text, reader) or sorted(
        found_it, key=lambda w: len(w.fitting) != 1
    )


def _of_them(frames: Sequence[Frame]) -> list[Frame]:
    """Without those that take 'they' for nobody: they are those that were spoken of, where any were."""
    meant = [_alike(frame) for frame in frames if frame.pronoun or frame.of_those]
    return [frame for frame in frames if frame.pronoun or frame.of_those or _alike(frame) not in meant]


def _alike(frame: Frame) -> Frame:
    return frame.but(pronoun=False, of_those=False, heard=())


def fact_or_more(fact: Attempt, text: Text, reader: Reader, context: Context) -> list[Attempt]:
    """A fact of the programme after another question: 'how many pilots are there?' may ask of the set spoken of."""
    if any(frame.pronoun for frame in derivations(text, (), reader)):
        return [fact.but_for(Trouble("no_template"))]
    if context.frame.scope in (None, Scope()) or context.frame.places:
        return [fact]
    over = [way for way in derived(text, (), reader, context) if way.follows and way.clear][:1]
    if over:
        over[0].troubles.append(Trouble("two_readings"))
    return [*over, fact]


def _listed(frame: Frame) -> Frame:
    """'Prefecture-level pilots in the northeast', asked out of nowhere, asks which they are."""
    alone = set(filled(frame)) - EMPTY == {"scope"} and frame.scope != Scope() and not frame.follows
    return frame.but(cues=(frozenset({"list"}),)) if alone else frame


def _of_the_last(frame: Frame, context: Context) -> bool:
    """'By batch?', 'how many?', 'which one of them leads?': it is asked of what was spoken of."""
    bare = bare_groups(context.frame, frame) or set(filled(frame)) - EMPTY == {"cues"}
    return bare or (frame.of_it and bool(frame.order) and found_several(context.frame))


def _of_no_set(frame: Frame, context: Context) -> bool:
    """Whether a question has no word for what it is asked of, where a set smaller than all pilots was spoken of."""
    if bare_count(frame):
        return found_several(context.frame)
    said = frame.scope is not None or frame.places or frame.options or frame.chosen or frame.other or frame.fact
    before = context.frame
    set_before = before.scope not in (None, Scope()) and not before.places
    set_before = set_before or (len(before.places) > 1 and bool(frame.cmp))  # 'Which had more than 50 billion yuan?'
    of_its_projects = bool(before.places and frame.projects and (before.projects or frame.follows))
    return (set_before or of_its_projects) and not said and frame.over not in GROUPS


def _of_each(frame: Frame) -> bool:
    """'GDP of each', 'which has the larger one?', 'and how many projects?': of that set, and not of all."""
    return (
        frame.over == "place"
        or bool(frame.follows and frame.projects)
        or bool(frame.order and frame.has_cue("which_one") and not frame.over)
    )


def _differ(over: Attempt, alone: Sequence[Attempt]) -> bool:
    """Whether a question means another one by itself than laid over the one before."""
    return any(way.clear and way.settled.slots != over.settled.slots for way in alone)


def _of_projects(frame: Frame, context: Context) -> bool:
    """'And those that completed theirs?', read as projects: none are spoken of after targets."""
    return bool(frame.project_status and not frame.projects and context.frame.measure in GOALS)


def _says_more(one: Frame, other: Frame) -> bool:
    """'List those under way' after a number of projects: not their number, for which 'list' would say nothing."""
    more, less = (filled(frame.but(heard=())) for frame in (one, other))
    return len(more) > len(less) and all(more.get(name) == value for name, value in less.items())


def _of_the_same(clear: list[Attempt], context: Context) -> list[Attempt]:
    """'Only government', a part of figures and a level of projects: that of which was spoken before."""
    return [way for way in clear if way.frame.projects == context.frame.projects] or clear


def following(frame: Frame, reader: Reader, context: Context, again: bool = False) -> Attempt:
    """A follow-up; one that repeats the question before meant to change what was not heard, unless it asks so."""
    found = attempt(frame, reader, follows=True)
    same = found.clear and (found.settled.slots, found.fitting[0].template_id) == (context.slots, context.template)
    if same and not again:
        found.troubles.append(Trouble("same_again"))
    if frame.projects and frame.over in PROJECT_GROUPS and frame.pronoun and not context.frame.projects:
        found.troubles.append(Trouble("no_template"))  # 'By level', behind a figure: no figure is.
    return found


def _found_it(way: Attempt) -> bool:
    """Whether all that is open is whether the place is meant that the last answer has found."""
    return {trouble.kind for trouble in way.troubles} == {"found_it"}


def two_readings(way: Attempt) -> bool:
    """Whether derivations of the same words mean different things."""
    return any(trouble.kind == "two_readings" for trouble in way.troubles)


def _told_apart(found: Sequence[Attempt], text: Text, reader: Reader) -> list[Attempt]:
    """Of attempts that are clear only those that mean different things; of several the first, with a trouble.

    A canonical sentence means what it is the sentence of, or a choice between two readings would lead to itself.
    """
    clear: dict[object, Attempt] = {}
    for way in found:
        if way.clear:
            clear.setdefault((way.fitting[0].template_id, _by_name(way.settled.slots, reader.catalog)), way)
    if len(clear) > 1:
        clear = {meaning: way for meaning, way in clear.items() if _is_its_sentence(way, text, reader)} or clear
    if len(clear) < 2:
        return [*clear.values(), *(way for way in found if not way.clear)]
    first = next(iter(clear.values()))
    first.troubles.append(Trouble("two_readings"))
    return [first, *(way for way in clear.values() if way is not first)]


def _by_name(slots: Slots, catalog: Catalog) -> Slots:
    """A municipality that is said as the province it is, by its name: they are one where no other pilot lies in it."""
    scope = slots.scope
    if scope is None or scope != Scope(province=scope.province) or slots.places or slots.other:
        return slots
    members = catalog.members(scope)
    alone = len(members) == 1 and catalog.places[members[0]].admin_type == "municipality"
    return slots.but(places=members, scope=None) if alone else slots


def _is_its_sentence(way: Attempt, text: Text, reader: Reader) -> bool:
    said = sentence(way.fitting[0], way.settled.slots, reader.catalog, language_of(text.original))
    return said == text.original.strip()
