"""What can be written into a template, and what can be called, is documented; what is documented exists."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from xinfo.cli import COMMANDS
from xinfo.query.bind import bind
from xinfo.review import CHARTS
from xinfo.store.assets import EARLIER_TEMPLATES, EARLIER_WORDS
from xinfo.understand.catalog import Catalog
from xinfo.understand.reading import Slots
from xinfo.understand.say import phrases
from xinfo.understand.template import FIELDS, SIGNS, load_measures, load_templates

ROOT = Path(__file__).resolve().parents[1]
QUERIES = ROOT / "queries"
EARLIER = (f"queries/{EARLIER_TEMPLATES}/", f"queries/{EARLIER_WORDS}")
TEMPLATES, _ = load_templates(QUERIES)
NOTHING = Catalog({}, {})


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(heading: str) -> str:
    """The part of docs/templates.md under a heading."""
    return read("docs/templates.md").split(f"## {heading}\n")[1].split("\n## ")[0]


def rows(heading: str) -> set[str]:
    """The names in the first column of a section's tables."""
    cells = re.findall(r"^\| (`[^|]+) \|", section(heading), re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`\$?([^`]+)`", cell)}


def placeholders(kind: str) -> set[str]:
    """What the shipped templates put into their sentences or headlines, without the capital letters."""
    found: set[str] = set()
    for template in TEMPLATES:
        for given in getattr(template, kind).values():
            for wording in [given] if isinstance(given, str) else given.values():
                found |= {name for _, name, _, _ in Formatter().parse(wording) if name}
    return {name[0].lower() + name[1:] for name in found}


def test_every_sign_is_documented() -> None:
    assert rows("Which question calls for it") == SIGNS


def test_every_measure_is_documented() -> None:
    assert rows("What is asked of the metric") == set(load_measures(QUERIES))


def test_every_chart_is_documented() -> None:
    assert rows("Chart") == set(CHARTS)


def test_every_field_of_a_template_is_documented() -> None:
    written = read("docs/templates.md")
    assert [field for field in sorted(FIELDS) if f"{field}:" not in written and f"`{field}`" not in written] == []


def test_every_parameter_is_documented_and_filled() -> None:
    documented = {name for name in rows("The SQL") if f"`${name}`" in section("The SQL")}
    assert set(bind(Slots(), NOTHING, frozenset(documented))) == documented
    sources = [*QUERIES.rglob("*.yaml"), QUERIES / "figures.sql"]
    used = {name for path in sources for name in re.findall(r"\$([a-z_]+)", path.read_text(encoding="utf-8"))}
    assert used <= documented


def test_every_step_of_the_shared_sql_is_documented() -> None:
    steps = set(re.findall(r"^([a-z_]+) as \(", (QUERIES / "figures.sql").read_text(encoding="utf-8"), re.MULTILINE))
    assert steps <= rows("The SQL")


def test_every_placeholder_is_documented() -> None:
    both, alone = section("Sentence and headline").split("Of headlines alone:")
    documented = set(re.findall(r"`\{([a-z_]+)\}`", both))
    assert documented == {name for name in phrases(Slots(), NOTHING, "en") if name[0].islower()}
    assert placeholders("sentence") <= documented
    assert placeholders("headline") <= documented | set(re.findall(r"`\{([a-z_]+)\}`", alone))


def test_every_wording_of_a_headline_is_documented() -> None:
    used = {name for t in TEMPLATES for given in t.headline.values() if not isinstance(given, str) for name in given}
    measures = set(load_measures(QUERIES))
    turned = {f"{measure}_{way}" for measure in measures for way in ("down", "flat")}
    assert used - measures - turned <= rows("Sentence and headline")


def test_every_command_is_in_the_readme() -> None:
    assert set(re.findall(r"^\| `xinfo (\w+)`", read("README.md"), re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize(
    "page", ["README.md", "CHANGELOG.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))]
)
def test_links_and_modules_that_a_page_names_exist(page: str) -> None:
    text = read(page)
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    broken = [link for link in links if not ((ROOT / page).parent / link).exists() and not link.endswith(".png")]
    named = re.findall(r"`((?:xinfo|tests|queries|data|docs)/[\w./]*)`", text)
    gone = [name for name in named if not (ROOT / name).exists() and name not in EARLIER]
    assert (broken, gone) == ([], [])


def test_the_example_template_is_whole(tmp_path: Path) -> None:
    from xinfo.understand.template import read_template

    example = read("docs/templates.md").split("```yaml\n")[1].split("```")[0]
    (tmp_path / "spread.yaml").write_text(example, encoding="utf-8")
    assert read_template(tmp_path / "spread.yaml").template_id == "spread"
