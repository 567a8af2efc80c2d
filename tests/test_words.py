"""No word that people read stands in the pages' code: all of them stand in xinfo/language, in every language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from xinfo.language.texts import languages, texts

ROOT = Path(__file__).resolve().parents[1]
PAGES = [*sorted((ROOT / "xinfo" / "ui").rglob("*.py")), ROOT / "app.py"]
SHOWN = {"label", "body", "help", "placeholder", "title", "text", "caption", "alt"}
"""Arguments of Streamlit's elements that people read."""
UNREAD = {
    *("container", "columns", "set_page_config", "component", "Page", "empty", "fragment", "column_config"),
    *("space", "form", "navigation", "html", "get_option"),
}
"""Elements whose first argument is a layout or a name for programs."""
WORD = re.compile(r"[A-Za-z]{3,}|[\u4e00-\u9fff]")
MARKUP = re.compile(r":material/\w+:|:[\w-]+\[|\{[^}]*\}")


def written(path: Path) -> Iterator[str]:
    """Words that a page hands to an element as they stand in the code, each with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_page = isinstance(node.func.value, ast.Name) and node.func.value.id == "st"
            read = [keyword.value for keyword in node.keywords if keyword.arg in SHOWN]
            if is_page and node.func.attr not in UNREAD:
                read += node.args[:1]
            for said in read if is_page else ():
                if words := plain_words(said):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}: {words}"


def plain_words(node: ast.expr) -> str:
    """What of a literal, or of the fixed parts of one with holes, is words."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    fixed = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    found = MARKUP.sub(" ", "\0".join(fixed))
    return found if WORD.search(found) else ""


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_page_s_words_stand_in_the_texts(path: Path) -> None:
    assert list(written(path)) == []


def test_words_in_the_code_would_be_found() -> None:
    trees = ('st.button("Save it")', 'st.markdown(f":small[{x}] rows")', 'st.text_input(x, placeholder="三年")')
    for source in trees:
        call = ast.parse(source).body[0].value  # type: ignore[attr-defined]
        assert any(plain_words(said) for said in [*call.args[:1], *(keyword.value for keyword in call.keywords)])


def test_every_text_is_in_every_language_with_the_same_places_to_fill() -> None:
    holes = re.compile(r"\{(\w+)\}")
    keys = {lang: set(texts(lang)) for lang in languages()}
    assert len({frozenset(one) for one in keys.values()}) == 1, {
        lang: sorted(set().union(*keys.values()) - one) for lang, one in keys.items()
    }
    for key in keys["en"]:
        if key.startswith(("ui.", "chip.", "known.")):
            found = {lang: set(holes.findall(texts(lang)[key])) for lang in languages()}
            assert len({frozenset(one) for one in found.values()}) == 1, (key, found)
