"""What verbs say: that something grew, changed, was added, met its target; and what 'not' turns round.

Each takes all that a clause says and gives it back without its verb; None where the verb calls for what is not there.
Knows no words of any language.
"""

from __future__ import annotations

from dataclasses import replace

from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.rates import rate_between
from xinfo.nlu.rises import OPPOSITE, TURNED, below
from xinfo.nlu.times import Ends, Span, against, several_years
from xinfo.understand.quantities import Quantity
from xinfo.understand.reading import When

NOT = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}
CMP_OF = {"more": ">", "less": "<"}
CMP_OF_VERB = {"grow": ">", "shrink": "<"}
CMP_OF_OUTCOME = {"met": ">=", "missed": "<", "beat": ">"}
ONE, NOTHING = Quantity(1.0, "ratio", False), Quantity(0.0, "ratio", False)
TELLING = ("place", "number", "count", "whether", "list", "passing")
"""What may be asked of members that a verb tells from the others."""


def falling(said: Meaning) -> Meaning | None:
    """'The steepest drop' is the lowest growth, 'a drop of more than 5 %' one below -5 %; else it is a growth.

    'Which recorded a drop from 2013 to 2015' asks which fell.
    """
    rest = said.without("falling")
    if _tells_members(said):
        return rest.without("rise", "measure").but(verb="shrink" if "falling" in said else "grow")
    if "falling" not in said:
        return said
    if said.get("order") == "asc" or said.keys() & {"degree", "bar", "than", "upto"}:
        return None
    if "order" in said:
        return rest.but(order="asc")
    return _by_bar(rest, "shrink") if "threshold" in said else rest


def _tells_members(said: Meaning) -> bool:
    """Whether members are told from each other by a rise or a drop that a noun says."""
    rises = "rise" in said and said.get("measure") == "growth" and isinstance(said.get("time"), Ends)
    alone = said.keys().isdisjoint({"order", "cmp", "degree", "verb", "bar", "places", "over", "unit"})
    return rises and alone and said.get("asks") in ("place", "list", "passing") and "nominal" in said


def moving(said: Meaning) -> Meaning | None:
    """'Grew', 'fell': by how much, by more than a bar, fastest, or at all."""
    verb, pace = said.get("verb"), said.get("pace")
    rest = said.without("verb", "pace")
    rest = rest.without("by") if rest.get("by") is True else rest
    # 'What percentage of the pilots fell' is one of pilots, 'by how many times did it grow' to or by so many times.
    if verb and ({"_of_which", "nominal"} <= said.keys() or said.get("asks") == "multiple"):
        return None
    if verb == "add":
        return _added(rest)
    if verb not in ("grow", "shrink"):
        return said if pace is None and (said.get("by") is not True or "outcome" in said) else _paced(said)
    if said.get("measure", "growth") not in ("growth", "share"):
        return None
    # 'How many points faster did it grow in 2015 than in 2014' is of two growths, as it is of two places.
    beside = "degree" in said and said.keys() & {"than_places", "than_set", "than_part", "than_time"}
    over_time = isinstance(said.get("time"), Ends) or (said.get("asks") in ("difference", "points") and not beside)
    rest = rest.but(verb=verb) if over_time else rest
    if pace and "order" in said:
        return None
    if pace:
        return rest.but(measure="growth", order=pace if verb == "grow" else TURNED[pace])
    if "threshold" in said and said.get("measure") != "share":
        return _by_bar(rest, verb)
    if over_time:
        return rest
    return _grown(rest, verb) if said.get("measure") != "share" else None


def _grown(said: Meaning, verb: str) -> Meaning | None:
    """A growth in one period: that of members that are told by it, one held against another, or how much it was."""
    if said.get("unit") in ("money", "count", "amount") and said.get("asks") in ("amount", "number"):
        cue = "difference" if "base" in said else "difference+added"
        return said.without("asks").cued(cue) if verb == "grow" and "measure" not in said else None
    if "degree" in said and said.keys() & {"than_time", "than_places", "than_set", "than_part", "bar"}:
        if said.get("_how") in ("size", "verb"):
            return None  # 'Was the increase larger than in 2014': nothing grows larger than it did before.
        return said.but(measure="growth") if verb == "grow" or "bar" in said else None
    if said.keys() & {"_pace", "_noun"}:
        return _quickened(said, verb)
    if said.get("asks") in TELLING and not {"cmp", "degree", "order"} & said.keys():
        return said.but(measure="growth", cmp=CMP_OF_VERB[verb], threshold=NOTHING)
    return said.but(measure="growth") if "asks" in said or "places" in said or "chosen" in said else None


def _quickened(said: Meaning, verb: str) -> Meaning | None:
    """'Its growth rose', 'it slowed down': a growth against that of the year before; by how much is the difference."""
    said, time = said.but(measure="growth"), said.get("time")
    if said.get("asks") in ("amount", "difference", "points") and "order" not in said:
        return said.without("asks").cued("difference")
    told = said.get("asks") in TELLING and {"cmp", "degree", "order"}.isdisjoint(said)
    if not told or not isinstance(time, tuple) or [one.when.start == one.when.end for one in time] != [True]:
        return None
    return said.but(bar="before", cmp=CMP_OF_VERB[verb], time=(*time, against(-1, time[0])))


def _added(said: Meaning) -> Meaning | None:
    """'How many users did it add': the difference to what there was before, or from one time to another."""
    said = said.without("bare")
    if isinstance(said.get("time"), Ends):
        return said.but(asks="difference") if said.get("asks") in ("amount", "number", "difference") else None
    asked = said.get("asks") in ("amount", "number", "difference", "what")
    return said.without("asks").cued("difference+added") if asked and "measure" not in said else None


def _paced(said: Meaning) -> Meaning | None:
    """'Fastest' of a growth that a noun says."""
    growing = said.get("measure") == "growth" and said.get("by") is not True and "order" not in said
    return said.without("pace").but(order=said["pace"]) if growing and "pace" in said else None


def _by_bar(said: Meaning, verb: str) -> Meaning | None:
    """'Grew by more than 10 %', 'fell by more than 5 %'."""
    bar: Quantity = said["threshold"]
    if bar.unit != "ratio":
        return None
    if verb == "grow":
        return said.but(measure="growth")
    return below(said, "growth")


def outcome(said: Meaning) -> Meaning | None:
    """'Met', 'missed', 'beat' its target: which did, by how much, by the most."""
    outcome = said.get("outcome")
    if outcome is None:
        return said.without("aimed") if said.get("measure") in ("target", "attainment", "gap") else said
    rest = said.without("outcome", "aimed")
    if rest.get("by") is True and "threshold" in said:
        return _missed_by(rest.without("by"), str(outcome)) if "measure" not in said else None
    if not said.keys().isdisjoint({"measure", "cmp", "threshold", "degree"}):
        return None
    if "most" in said:
        # By how much of the target it was, unless an amount is asked for: then the gap, which is negative beyond it.
        in_money = said.get("unit") == "money"
        far = {
            "measure": "gap" if in_money else "attainment",
            "order": "asc" if (outcome == "beat") == in_money else "desc",
        }
        return rest.without("most", "unit").but(**far) if outcome != "met" else None
    if said.get("asks") in ("amount", "number", "difference"):
        return rest.without("asks").but(measure="gap")
    if said.get("asks") == "points":
        return rest.without("asks").but(measure="gap", unit="percent") if "unit" not in said else None
    if said.get("asks") in ("percent", "rate") and outcome != "met":
        return None  # 'By how many percent was it missed' is neither a gap nor an attainment.
    if said.get("asks") in ("percent", "rate"):
        return rest.without("asks").but(measure="attainment")
    if said.get("asks") in TELLING or "places" not in said:
        return rest.but(measure="attainment", cmp=CMP_OF_OUTCOME[outcome], threshold=ONE)
    return rest.but(measure="attainment")


def lasting(said: Meaning) -> Meaning | None:
    """'Still below 18 %': a state at its time. What is still lacking, or is still to be reached, is said otherwise."""
    if "_still" not in said:
        return said
    told = said.keys() & {"cmp", "degree", "order", "outcome"}
    state = said.get("asks", "whether") in TELLING and said.get("measure") not in ("target", "gap")
    return said.without("_still") if told and state else None


def _missed_by(said: Meaning, outcome: str) -> Meaning | None:
    """'Beat its target by more than 5 %': an attainment above 105 %; missed it by more than an amount: a gap."""
    bar: Quantity = said["threshold"]
    if "cmp" not in said:
        return None
    if outcome == "missed" and said["cmp"] in (">", ">=") and bar.unit != "ratio":
        return said.but(measure="gap")  # By less than an amount it may have been beaten, too.
    if bar.unit != "ratio" or outcome == "met":
        return None
    away = bar.value if outcome == "beat" else -bar.value
    cmp = said["cmp"] if outcome == "beat" else OPPOSITE[said["cmp"]]
    return said.but(measure="attainment", cmp=cmp, threshold=replace(bar, value=1 + away), off_by=True)


def changed(said: Meaning) -> Meaning | None:
    """What has changed from one time to another, or by how much two things differ."""
    said = said.but(by_most=True) if {"rise", "order"} <= said.keys() else said
    time, verb, asks = said.get("time"), said.get("verb"), said.get("asks")
    if asks == "multiple" and isinstance(time, Ends):
        # 'From 2013 to 2015, how many times what it was'.
        both = (Span(time.later), Span(time.earlier))
        return said.without("asks").but(time=both).cued("multiple") if "_of_first" in said else None
    if asks == "multiple":
        return said.without("asks").cued("multiple") if "_of_first" not in said else None
    rest = said.without("verb", "rise")
    if isinstance(time, Ends):
        moved = verb in ("grow", "shrink", "change") or asks == "difference" or said.get("measure") == "growth"
        return _between(said.without("verb"), time, str(verb)) if moved else None
    noun = said.keys() & {"rise", "_noun"} and said.get("measure") == "growth" and "base" not in said
    if noun and (said.get("unit") in ("money", "count", "amount", "scale") or {"rise", "_count_of"} <= said.keys()):
        # 'The increase in subscribers in 2015, in absolute numbers' is no rate.
        return rest.without("measure", "asks").cued("difference+added") if {"order", "cmp"}.isdisjoint(said) else None
    if "per_year" in said or ("rise" in said and (asks == "points" or "one_of" in said)):
        return None
    risen = "rise" in said or {"_on_year", "verb"} <= said.keys()
    if asks == "difference" and said.get("measure") == "growth" and risen:
        return None  # 'How far did it rise on the year before' asks for no difference of growths.
    if asks == "points":
        rest = rest.but(unit="points")
    if asks in ("difference", "points"):
        return rest.without("asks").cued("difference")
    if verb == "change" and said.get("measure") == "growth":
        return rest
    if verb == "change" and not said.keys() - {"verb", "follows"}:
        return rest.cued("difference")  # 'The change?', of what was spoken of.
    if verb == "change" and "grain" in said and "asks" not in said:
        return rest.cued("trend")  # 'How it moved quarter by quarter.'
    if verb == "change":
        if "asks" not in said and several_years(time) and isinstance(time, tuple) and len(time) == 1:
            when = time[0].when
            return _between(said.without("verb"), Ends(When.of(when.end), When.of(when.start)), verb)
        return rest.cued("trend") if "asks" not in said and "_from_to" not in said else None
    return rest if verb is None else None


def _between(said: Meaning, ends: Ends, verb: str) -> Meaning | None:
    """From one time to another: a growth, a difference, or, of members told by it, more or less than before."""
    if "grain" in said:
        # 'By quarter from 2013 to 2015' is a course.
        return None
    rest, later, earlier = said.without("asks", "rise"), ends.later, ends.earlier
    both = (Span(later), Span(earlier))
    if said.get("asks") in TELLING and verb in CMP_OF_VERB and not {"order", "cmp"} & said.keys():
        asked = said.without("rise", "measure") if "rise" in said else said
        return asked.but(bar="before", cmp=CMP_OF_VERB[verb], time=both)
    rated = said.get("asks") in ("rate", "percent") or "per_year" in said
    # 'Did it grow by more than 10 % from 2013 to 2015' still asks whether.
    rest = rest.but(asks=said["asks"]) if "cmp" in said and said.get("asks") in TELLING else rest
    if said.get("asks") != "points" and (rated or (said.get("measure") == "growth" and "rise" not in said)):
        return rate_between(rest.but(measure="growth"), ends)
    return (rest.without("measure") if "rise" in said else rest).but(time=both).cued("difference")


def negated(said: Meaning) -> Meaning | None:
    """'Did not meet', 'is not above': the other side of the one bar that tells some from the others."""
    if "negated" not in said:
        return said
    turns = "cmp" in said and not {"order", "upto_cmp"} & said.keys() and said.get("asks") not in (None, "whether")
    return said.without("negated").but(cmp=NOT[said["cmp"]], opposite="said") if turns else None
