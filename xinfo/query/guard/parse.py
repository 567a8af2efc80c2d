"""From text to a parsed tree and back to text. Knows how queries are written, nothing of what they may say.

Ways of writing that come to the same are brought to the one that the rules know: texts in other quotes become plain
ones, and a list worked out with FOR becomes the functions that do it.
"""

from __future__ import annotations

import contextlib
import logging
import re
from typing import ClassVar

from sqlglot import Token, TokenType, exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.errors import ParseError, SqlglotError
from sqlglot.parsers.duckdb import DuckDBParser

from xinfo.errors import Refused
from xinfo.query.guard.allow import MAX_BRACKETS, MAX_CHARACTERS, MAX_DEPTH, MAX_STEPS, MAX_TOKENS, RETREAT, instead
from xinfo.query.guard.shadows import told_apart

# Control, format and private characters, unpaired surrogates, and every blank other than space, tab and newline:
# parsers differ on which of them separate words and which end a comment.
_UNREADABLE = re.compile(
    "\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u3000\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)
_WHOLE_PIVOT = re.compile(r"\s*(?:un)?pivot\b", re.IGNORECASE)
_TEMPLATE_MARK = re.compile(r"\{[#%{]|[#%}]\}")

logging.getLogger("sqlglot").addHandler(logging.NullHandler())


class _Written(DuckDB):
    """DuckDB's dialect as people write it: names stand in backticks too. Pipes (`|>`) are another engine's."""

    class Tokenizer(DuckDB.Tokenizer):
        IDENTIFIERS: ClassVar[list[str | tuple[str, str]]] = ['"', "`"]
        KEYWORDS: ClassVar[dict[str, TokenType]] = {
            word: kind for word, kind in DuckDB.Tokenizer.KEYWORDS.items() if kind is not TokenType.PIPE_GT
        }

    class Parser(DuckDBParser):
        """A parser that goes back and tries anew only so often."""

        steps = chained = 0

        def _advance(self, times: int = 1) -> None:
            self._take(1)
            super()._advance(times)

        def _retreat(self, index: int) -> None:
            self._take(RETREAT if index != self._index else 0)
            super()._retreat(index)

        def _take(self, steps: int) -> None:
            self.steps += steps
            if self.steps > MAX_STEPS:
                raise Refused("this takes too long to read; write it more plainly")

        def _parse_bracket(self, this: exp.Expr | None = None) -> exp.Expr | None:
            """One after the other, too, are within each other here: each looks through all before it."""
            self.chained += 1
            if self.chained > MAX_BRACKETS:
                raise Refused(f"more than {MAX_BRACKETS} brackets follow each other")
            this = super()._parse_bracket(this)
            self.chained -= 1
            return this


def text_of(tree: exp.Expr) -> str:
    """The tree as text for the engine: no comments, every identifier quoted. Raises Refused where it cannot be one."""
    try:
        return tree.sql("duckdb", identify=True, comments=False)
    except SqlglotError:  # it reads parts of its own text again, which not every part outlasts
        raise Refused("this cannot be written out for the database; write it more plainly") from None


def parse(sql: str) -> exp.Expr:
    """The one statement of `sql`. Raises Refused with the place where known."""
    _readable(sql)
    try:
        trees = [tree for tree in _parsed(sql) if not isinstance(tree, exp.Semicolon | None)]
    except ParseError as error:
        raise _syntax(error) from None
    except (SqlglotError, RecursionError, MemoryError, ValueError):
        raise Refused("this is not one SELECT statement that can be read") from None
    if len(trees) != 1:
        raise Refused("expected one SELECT statement" + (f", found {len(trees)}" if trees else ", found none"))
    if _deep(trees[0]):
        raise Refused(f"the statement is nested more than {MAX_DEPTH} parts deep; write it more plainly")
    return told_apart(plainer(trees[0]))


def _parsed(sql: str) -> list[exp.Expr | None]:
    return _Written().parser().parse(_tokens(sql), sql)


def _tokens(sql: str) -> list[Token]:
    tokens = _Written().tokenize(sql)
    if len(tokens) > MAX_TOKENS:
        raise Refused(f"the statement has {len(tokens)} words and signs; at most {MAX_TOKENS} are read")
    return tokens


def _deep(tree: exp.Expr) -> bool:
    """Whether some part stands in more than MAX_DEPTH others."""
    waiting = [tree]
    for _ in range(MAX_DEPTH):
        waiting = [part for node in waiting for part in node.iter_expressions()]
    return bool(waiting)


def _readable(sql: str) -> None:
    """Cheap tests of the text as it stands; it is never normalised, since that could make new signs of old ones."""
    if len(sql) > MAX_CHARACTERS:
        raise Refused(f"the statement has {len(sql)} characters; at most {MAX_CHARACTERS} are read")
    for pattern, what in ((_UNREADABLE, "a character that cannot be seen"), (_TEMPLATE_MARK, "a template's mark")):
        found = pattern.search(sql)
        if found:
            line, column = sql.count("\n", 0, found.start()) + 1, found.start() - sql.rfind("\n", 0, found.start())
            raise Refused(f"{what} (U+{ord(found[0][0]):04X}) stands in the statement", line, column)
    depth = deepest = 0
    for sign in sql:
        depth += (sign in "([{") - (sign in ")]}")
        deepest = max(deepest, depth)
    if deepest > MAX_BRACKETS:
        raise Refused(f"brackets are nested {deepest} deep; at most {MAX_BRACKETS} are read")


def not_too_much(sql: str) -> None:
    """A text that no parser may be asked to read is refused before one is."""
    _readable(sql)
    with contextlib.suppress(SqlglotError):  # told where the text is parsed
        _tokens(sql)


def no_whole_pivot(sql: str) -> None:
    """A statement that is a PIVOT and no SELECT is told so before a parser stumbles over what follows in it."""
    if _WHOLE_PIVOT.match(sql):
        raise Refused(f"only a SELECT statement may be run, not PIVOT{instead('PIVOT')}", 1, 1)


def refusal(reason: str, node: exp.Expr | None = None) -> Refused:
    """A Refused that says where in the text the first word of `node` stands."""
    for inner in node.walk() if node is not None else ():
        if "line" in inner.meta:
            found = inner.meta
            return Refused(reason, found["line"], found["col"] - (found["end"] - found["start"]))
    return Refused(reason)


def _syntax(error: ParseError) -> Refused:
    """The parser's complaint in plain words."""
    found = error.errors[0] if error.errors else {}
    near = str(found.get("highlight") or "").strip()
    reason = f"this cannot be read as SQL near '{near[:40]}'" if near else "this cannot be read as SQL"
    return Refused(reason, found.get("line"), found.get("col", 0) - max(len(near) - 1, 0))


_EXACT = {"2": "log2", "10": "log10"}


def plainer(tree: exp.Expr) -> exp.Expr:
    """The tree with every such part in its plain form; what has none stays as it is."""
    return tree.transform(_plain, copy=False)


def _plain(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.RawString | exp.National | exp.ByteString):
        # What an E'' holds was read sign by sign as the engine does; the printed text is looked at once more.
        return exp.Literal.string(node.name)
    if isinstance(node, exp.Log) and node.expression and node.name in _EXACT:
        # As a quotient of two logarithms it may differ in the last digit.
        return exp.Anonymous(this=_EXACT[node.name], expressions=[node.expression])
    if isinstance(node, exp.Array) and len(node.expressions) == 1:
        inside = node.expressions[0]
        if isinstance(inside, exp.Comprehension) and _convertible(inside):
            return _applied(inside)
    return node


def _convertible(node: exp.Comprehension) -> bool:
    """With a place counted beside the value, a condition would count anew."""
    return not (node.args.get("position") and node.args.get("condition"))


def _applied(node: exp.Comprehension) -> exp.Expr:
    """`[x + 1 FOR x IN list IF x > 2]` as LIST_TRANSFORM(LIST_FILTER(list, x > 2), x + 1)."""
    names = [name for slot in ("expression", "position") if (name := node.args.get(slot))]
    values, condition = node.args["iterator"], node.args.get("condition")
    if condition:
        values = exp.ArrayFilter(this=values, expression=_function(condition, names))
    return exp.Transform(this=values, expression=_function(node.this, names))


def _function(body: exp.Expr, names: list[exp.Expr]) -> exp.Lambda:
    called = {name.name for name in names}

    def own(node: exp.Expr) -> exp.Expr:
        known = isinstance(node, exp.Column) and not node.table and node.name in called
        return exp.to_identifier(node.name) if known else node

    return exp.Lambda(this=body.transform(own), expressions=[name.copy() for name in names])
