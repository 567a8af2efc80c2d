"""Texts that grow while they are read, for the tests of the guard: each as long as a statement may be."""

from __future__ import annotations

from collections.abc import Mapping

from xinfo.query.guard.allow import MAX_CHARACTERS


def full(piece: str, start: str = "select ", end: str = "", sep: str = ",") -> str:
    """The piece again and again, up to the length that is read."""
    room = MAX_CHARACTERS - len(start) - len(end)
    return start + sep.join([piece] * (room // len(piece + sep))) + end


def nested(before: str, behind: str, core: str, depth: int) -> str:
    return before * depth + core + behind * depth


def stars(wide: int, deep: int) -> str:
    """Stars within stars: each level has `wide` times the columns of the one in it."""
    return nested(f"select {', '.join('*' * wide)} from (", ")", "select * from place", deep)


def steps(step: str, count: int) -> str:
    """A WITH each of whose steps reads the one before."""
    made = [f"c{at} as ({step.format(before=f'c{at - 1}' if at else 'place')})" for at in range(count)]
    return f"with {', '.join(made)} select * from c{count - 1}"


def joined(join: str, count: int) -> str:
    return "select * from observation o0" + "".join(join.format(at=at, before=at - 1) for at in range(1, count))


VALUES = ",".join(f"'a{at}'" for at in range(600))
_MADE = {
    "stars within stars": stars(9, 10),
    "two stars a level": stars(2, 24),
    "stars step by step": steps("select *, *, * from {before}", 60),
    "stars of joins step by step": steps("select * from {before} a, {before} b", 60),
    "stars beside each other": full("*", end=" from place"),
    "stars over many columns": full("*", end=" from (select *, *, *, *, *, *, *, *, *, *, *, *, *, * from place)"),
    "columns within columns": nested(
        "select columns(*), columns(*), columns(*) from (", ")", "select * from place", 20
    ),
    "stars with replacements": nested("select * replace (1 as place_id), * from (", ")", "select * from place", 20),
    "joins of all": steps("select 1 from {before} a, {before} b", 400),
    "natural joins": joined(" natural join observation o{at}", 550),
    "joins by name": joined(" join observation o{at} using (place_id, metric_id, period_id)", 290),
    "lateral queries": joined(", lateral (select o{before}.place_id) o{at}", 430),
    "conditions on many tables": f"select 1 from {', '.join(f'period p{at}' for at in range(300))} where "
    + " and ".join(["p0.year = p299.year"] * 650),
    "sums": full("1", sep="+"),
    "comparisons": full("1", sep="<"),
    "lists": full("1", "select [", "]"),
    "lists of lists": full("[1]", "select [", "]"),
    "names": full("name_e", end=" from place"),
    "brackets behind each other": "select [1]" + "[1]" * 6_000,
    "brackets within each other": full(nested("(", ")", "1", 24)),
    "casts": "select 1" + "::int" * 3_900,
    "aliases of aliases": "select 1 as a0" + "".join(f", a{at - 1} + a{at - 1} as a{at}" for at in range(1, 1_000)),
    "calls": full("list_transform([1], x -> x)"),
    "cases": "select " + nested("case when 1 then ", " end", "1", 700),
    "unions": full("select * from place", "", "", " union all "),
    "queries in a row": full("(select 1)"),
    "queries within each other": nested("(select * from ", ") a", "select * from place", 24),
    "pivots of pivots": f"select * from place pivot (max(note) for region in ({VALUES}) batch in ({VALUES}))",
    "pivots within pivots": "select * from "
    + nested("(select * from ", " pivot (max(note) for region in ('a', 'b', 'c', 'd')))", "place", 20),
    "cubes": f"select 1 from place group by cube ({', '.join(['region'] * 2_000)})",
    "brackets in the way of a pivot": "select count" + nested("( ", ") * ", "( * )", 3_280) + " from pivot",
    "sums in the way of a pivot": full("1", end=" pivot", sep="+"),
    "joins without conditions": "select 1 from place" + " join $n" * 100,
    "joins of columns": "select min(columns(['a', 'b']))" + " join (columns(['a', 'b']))" * 100,
    "joins of joins": "select 1 from place x" + " join (target t join metric m using (metric_id))" * 100,
    "joins of queries": "select 1" + " join from place where name_zh = 'a'" * 100,
    "pipes": "from place " + "|> select * " * 1_500,
    "pipes that add": "from place " + "|> extend 1 as a " * 1_100,
    "comments": "select 1" + "/**/" * 4_900,
    "comments within comments": "/*" * 9_900,
    "quotes": "'" * 19_999,
    "blanks": "select " + " " * 19_900 + "1",
    "signs": "select 1" + "%" * 19_900,
    "minuses": "select " + "- " * 9_900 + "1",
    "a long number": "select " + "1" * 19_900,
    "a long pattern": "select columns('" + "(a+)+" * 3_000 + "') from place",
    "statements": "select 1;" * 2_200,
}
GROWING: Mapping[str, str] = {name: made[:MAX_CHARACTERS] for name, made in _MADE.items()}
