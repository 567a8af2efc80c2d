"""A loaded figure says wherever it is read that nobody has confirmed it, until a steward does; then, what it is."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from tests import kept
from xinfo.answer.answer import Answer, NotAnswered
from xinfo.answer.export import to_csv, to_xlsx
from xinfo.answer.form import to_json
from xinfo.answer.picture import picture
from xinfo.answer.quotation import quotation
from xinfo.ask import open_workspace, traced
from xinfo.audit.log import folder
from xinfo.cli import main
from xinfo.cli.page import page
from xinfo.errors import InputError, StoreError
from xinfo.intake.claimed import Claimed, claimed
from xinfo.store.add import Batch, add
from xinfo.store.assets import folder_of_templates
from xinfo.store.build import build
from xinfo.store.compare import compare
from xinfo.store.confirm import confirm, waiting
from xinfo.store.opening import opened
from xinfo.store.standing import MARKS, STANDINGS, mark_of, standing_of, status_of, weakest
from xinfo.store.versions import current, number
from xinfo.ui import opening, session
from xinfo.ui.card import badges_of

ROOT = Path(__file__).resolve().parents[1]
AT = "2016-08-01T09:00:00+08:00"
HEAD = "place,metric,period,value,unit"
QUESTION = {
    "en": "GDP of Xining by year from 2016 to 2021",
    "zh": "西宁市2016年至2021年各年地区生产总值",
}
TOLD = {"en": "uploaded by Li Wei, not confirmed", "zh": "由Li Wei上传，未经确认"}
AMONG = {"en": "unconfirmed figures uploaded by Li Wei", "zh": "由Li Wei上传的未经确认数据"}
"""Of some figures of a chart."""
KINDS = {
    # confirmed as: the mark, what the sentence says, the status of the contract, whether it counts as published
    "published": ("reported", {"en": "", "zh": ""}, "reported", True),
    "preliminary": ("preliminary", {"en": "preliminary figure", "zh": "初步数据"}, "preliminary", True),
    "estimate": ("estimated", {"en": "estimate", "zh": "估计数据"}, "estimated", False),
    "internal": ("internal", {"en": "internal figure", "zh": "内部数据"}, "reported", False),
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped figures, and one that Li Wei has loaded: GDP of Xining in 2021."""
    folder = tmp_path_factory.mktemp("confirmed")
    build(folder / "store.duckdb", shipped=ROOT / "data", data=None, demonstration=False, built_at=AT, who="admin")
    load(folder / "store.duckdb", f"{HEAD}\nxining,gdp,2021,1548.8,亿元\n")
    return folder


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)
    return tmp_path / "store.duckdb"


def load(store: Path, content: str, name: str = "own.csv", table: str = "observation", **claim: str) -> Path:
    file = store.parent / name
    file.write_text(content, encoding="utf-8")
    add(store, [Batch(file, table, **claim)], built_at=AT, who="Li Wei")
    return file


def asked(store: Path, question: str, published_only: bool = False) -> Answer | NotAnswered:
    return open_workspace(store, ROOT / "queries", published_only).conversation().ask(question)


def answered(store: Path, question: str) -> Answer:
    reply = asked(store, question)
    assert isinstance(reply, Answer)
    return reply


def every_form(reply: Answer) -> dict[str, str]:
    """What people and programs read of an answer."""
    workbook = zipfile.ZipFile(io.BytesIO(to_xlsx(reply)))
    return {
        "sentence": reply.headline,
        "copied": quotation(reply),
        "page": page(reply),
        "csv": to_csv(reply).decode(),
        "xlsx": workbook.read("xl/sharedStrings.xml").decode(),
        "json": json.dumps(to_json(reply), ensure_ascii=False),
        "picture": json.dumps(picture(reply), ensure_ascii=False),
    }


def marks(store: Path, where: str = "load_id > 1") -> list[str]:
    with opened(it=current(store)) as connection:
        return [mark for (mark,) in connection.execute(f"SELECT mark FROM it.published WHERE {where}").fetchall()]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_unconfirmed_figure_is_marked_in_every_form_and_a_confirmed_one_in_none(lang: str, store: Path) -> None:
    reply = answered(store, QUESTION[lang])
    assert reply.statuses == ("reported", "unconfirmed")
    for form, said in every_form(reply).items():
        assert (AMONG if form == "picture" else TOLD)[lang] in said, form
    assert badges_of(reply.statuses) == ["unconfirmed", "reported"]
    faint = [row["faint"] for row in reply.chart["data"]["values"] if row.get("value")] if reply.chart else []
    assert faint == [False, False, False, True]
    confirm(store, "own.csv", "published", publisher="Xining Bureau of Statistics", at=AT, who="steward")
    reply = answered(store, QUESTION[lang])
    assert reply.statuses == ("reported",)
    for form, said in every_form(reply).items():
        assert "Li Wei" not in said, form
    assert "Xining Bureau of Statistics" in page(reply)


@pytest.mark.parametrize("kind", KINDS)
def test_a_confirmed_figure_says_which_kind_it_is(kind: str, store: Path) -> None:
    mark, said, status, counts = KINDS[kind]
    confirm(store, "own.csv", kind, at=AT, who="steward")
    for lang, question in (("en", "GDP of Xining in 2021"), ("zh", "西宁市2021年地区生产总值")):
        reply = answered(store, question)
        assert reply.statuses == (mark,)
        assert to_json(reply)["statuses"] == [status]
        assert said[lang] in reply.headline
        assert "Li Wei" not in reply.headline
    assert isinstance(asked(store, "GDP of Xining in 2021", published_only=True), Answer) == counts


def test_the_json_keeps_the_status_of_the_contract_and_tells_the_mark_beside_it(store: Path) -> None:
    told = to_json(answered(store, "GDP of Xining in 2021"))
    assert (told["statuses"], told["marks"]) == (["reported"], ["unconfirmed"])
    assert [(row["status"], row["mark"]) for row in told["rows"]] == [("reported", "unconfirmed")]
    with opened(it=current(store)) as connection:
        found = connection.execute("SELECT DISTINCT status FROM it.observation ORDER BY 1").fetchall()
    assert found == [("estimated",), ("preliminary",), ("reported",)]


def test_what_is_unconfirmed_is_no_published_figure(store: Path) -> None:
    reply = asked(store, "GDP of Xining in 2021", published_only=True)
    assert isinstance(reply, NotAnswered)
    assert reply.unclear.status == "no_data"


def test_a_figure_that_rests_on_an_unconfirmed_one_is_unconfirmed(store: Path) -> None:
    load(store, f"{HEAD}\nxining,population,2021,247,万人\n", "people.csv")
    confirm(store, "people.csv", "estimate", at=AT)
    reply = answered(store, "GDP per capita of Xining in 2021")
    assert reply.statuses == ("unconfirmed_estimated",)
    assert "(estimate uploaded by Li Wei, not confirmed)" in reply.headline
    assert to_json(reply)["statuses"] == ["estimated"]


TEMPLATE = """
id: widget
title: {{en: widget money, zh: 小部件收入}}
phrases: {{en: [widget money], zh: [小部件收入]}}
parameters: {{what: metric, when: period, where: places}}
slots: {{metric: gdp, places: [xining], periods: ["{year}"]}}
sql: |
  select place_id as place, period_id as period, value, unit{more} from observation
  where metric_id = $what and period_id = $when and list_contains($where, place_id)
    and consumer = 'all' and offering = 'all' and sector = 'all'
  order by value desc, place_id
chart: none
"""


def test_a_template_of_somebodys_own_cannot_hide_it(store: Path) -> None:
    """Whatever its SQL gives beside the value; also where other figures of the same source are confirmed."""
    confirm(store, "own.csv", "internal", at=AT)
    load(store, f"{HEAD}\nxining,gdp,2022,1644,亿元\n")
    widget = folder_of_templates(store) / "widget.yaml"
    widget.parent.mkdir()
    for more, told in (
        (", status as statuses, source_id", "uploaded by Li Wei, not confirmed"),
        (", mark as statuses, sources", "uploaded by Li Wei, not confirmed"),
        (", 'reported' as statuses, source_id", "uploaded by Li Wei, not confirmed"),
        (", source_id", "uploaded by Li Wei, not confirmed"),
        ("", "estimate uploaded, not confirmed"),
    ):
        widget.write_text(TEMPLATE.format(year=2022, more=more), encoding="utf-8")
        reply = answered(store, "widget money")
        assert "164.4 billion yuan" in reply.headline
        assert told in reply.headline
        widget.write_text(TEMPLATE.format(year=2018, more=more), encoding="utf-8")
        published = answered(store, "widget money")
        assert published.statuses in (("reported",), ())
        assert "(" not in published.headline


def test_a_template_of_somebodys_own_that_owns_up_is_believed(store: Path) -> None:
    confirm(store, "own.csv", "internal", at=AT)
    load(store, f"{HEAD}\nxining,gdp,2022,1644,亿元\n")
    folder_of_templates(store).mkdir()
    own = TEMPLATE.format(year=2021, more=", mark as statuses, sources")
    (folder_of_templates(store) / "widget.yaml").write_text(own, encoding="utf-8")
    assert answered(store, "widget money").statuses == ("internal",)


QUARTERS = "".join(f"xining,telecom_revenue,2015Q{quarter},{quarter},亿元,quarters\n" for quarter in (1, 2, 3, 4))
TOTAL = "xining,telecom_revenue,2015,99,亿元,total\n"


@pytest.mark.parametrize("kinds", [("published", ""), ("internal", ""), ("published", "internal")])
@pytest.mark.long
def test_what_follows_from_figures_that_stand_better_counts_before_a_total(kinds: tuple[str, str], store: Path) -> None:
    """Four quarters of 1 to 4 that are confirmed, beside a year of 99 that is not, or is worth less."""
    load(store, f"{HEAD},source\n{QUARTERS}", "quarters.csv")
    load(store, f"{HEAD},source\n{TOTAL}", "total.csv")
    for source, kind in zip(("quarters", "total"), kinds, strict=True):
        if kind:
            confirm(store, source, kind, at=AT)
    reply = answered(store, "telecom revenue of Xining in 2015")
    assert "1 billion yuan" in reply.headline
    assert reply.statuses == (KINDS[kinds[0]][0],)
    if kinds[0] == "published":
        assert isinstance(asked(store, "telecom revenue of Xining in 2015", published_only=True), Answer)
    assert not [caveat for caveat in reply.caveats if "contradict" in caveat]
    table = traced(reply, 0, open_workspace(store, ROOT / "queries")).table
    assert [row["value"] for row in table] == ["1 亿元", "2 亿元", "3 亿元", "4 亿元"]


def test_a_total_that_stands_better_counts_before_its_parts(store: Path) -> None:
    load(store, f"{HEAD},source\n{QUARTERS}{TOTAL}", "both.csv")
    assert "9.9 billion yuan" in answered(store, "telecom revenue of Xining in 2015").headline
    confirm(store, "total", "estimate", at=AT)
    confirm(store, "quarters", "internal", at=AT)
    assert "9.9 billion yuan" in answered(store, "telecom revenue of Xining in 2015").headline


def test_targets_and_projects_are_marked_as_well(store: Path) -> None:
    load(store, f"{HEAD},comparison\nxining,gdp,2022,1700,亿元,at_least\n", "target.csv", "target")
    load(
        store,
        "project_id,place,name_en,name_zh,content_area,level,status,budget,spent,start_date,due_date\n"
        "p1,beijing,Fibre,光纤,infrastructure,government,planned,1000000,0,2021-01-01,2022-01-01\n",
        "project.csv",
        "project",
    )
    assert TOLD["en"] in answered(store, "GDP target of Xining for 2022").headline
    listed = answered(store, "List the infrastructure projects in Beijing")
    assert TOLD["en"] in listed.headline or "uploaded by Li Wei" in listed.headline
    assert {one.source_id for one in waiting(store)} == {"own.csv", "target.csv", "project.csv"}
    confirm(store, "project.csv", "published", at=AT)
    confirm(store, "target.csv", "published", at=AT)
    assert "Li Wei" not in answered(store, "GDP target of Xining for 2022").headline


def test_loading_the_same_again_keeps_what_was_confirmed_and_a_revision_waits(store: Path) -> None:
    confirm(store, "own.csv", "preliminary", at=AT)
    load(store, f"{HEAD}\nxining,gdp,2021,1548.8,亿元\n")
    assert marks(store) == ["preliminary"]
    load(store, f"{HEAD}\nxining,gdp,2021,1550,亿元\n")
    assert sorted(marks(store)) == ["preliminary", "unconfirmed"]
    load(store, f"{HEAD}\nxining,gdp,2021,1551,亿元\n")
    assert sorted(marks(store)) == ["preliminary", "unconfirmed"]
    confirm(store, "own.csv", "published", at=AT)
    assert marks(store) == ["reported"]
    assert "155.1 billion yuan" in answered(store, "GDP of Xining in 2021").headline


@pytest.mark.parametrize("status", ["", "illustrative"])
def test_what_nobody_confirmed_never_takes_the_place_of_a_published_figure(status: str, store: Path) -> None:
    """Not even under the name of its source, nor said to be made up."""
    question, source = "information consumption of Qinghai in the first quarter of 2016", "qinghai-2016q1"
    before = answered(store, question)
    row = f"qinghai,info_consumption,2016Q1,1,亿元,{source},{status}"
    load(store, f"{HEAD},source,status\n{row}\n", "eve.csv")
    for published_only in (True, False):
        after = asked(store, question, published_only)
        assert isinstance(after, Answer)
        assert (after.headline, after.statuses) == (before.headline, before.statuses)


def test_a_published_target_stays_beside_an_unconfirmed_one_of_its_source(store: Path) -> None:
    question = "target for information consumption of Qinghai in 2016"
    before = answered(store, question).headline
    row = "qinghai,info_consumption,2016,1,亿元,at_least,qinghai-plan-2016"
    load(store, f"{HEAD},comparison,source\n{row}\n", "target.csv", "target")
    after = asked(store, question, published_only=True)
    assert isinstance(after, Answer)
    assert after.headline == before
    confirm(store, "qinghai-plan-2016", "published", at=AT)
    assert "100 million yuan" in answered(store, question).headline
    assert "24 billion" not in answered(store, question).headline


PROJECT = "project_id,place,name_en,name_zh,content_area,level,status,budget,spent,start_date,due_date,source\n"
FIBRE = "p1,beijing,Fibre,光纤,infrastructure,government,planned,1000000,0,2021-01-01,2022-01-01,city\n"


def projects(store: Path) -> list[str]:
    with opened(it=current(store)) as connection:
        return [
            mark for (mark,) in connection.execute("SELECT mark FROM it.project WHERE project_id = 'p1'").fetchall()
        ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.long
def test_a_project_is_what_it_was_confirmed_as(kind: str, store: Path) -> None:
    load(store, PROJECT + FIBRE, "project.csv", "project")
    confirm(store, "city", kind, at=AT)
    assert projects(store) == [KINDS[kind][0]]
    load(store, PROJECT + FIBRE, "project.csv", "project")
    assert projects(store) == [KINDS[kind][0]]


@pytest.fixture(scope="module")
def with_a_project(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That store with a project that was confirmed."""
    folder = shutil.copytree(loaded, tmp_path_factory.mktemp("project") / "store")
    load(folder / "store.duckdb", PROJECT + FIBRE, "project.csv", "project")
    confirm(folder / "store.duckdb", "city", "published", at=AT)
    return folder


@pytest.mark.parametrize(
    ("said", "otherwise"),
    [
        ("beijing", "xining"),
        *(pytest.param(*said, marks=pytest.mark.long) for said in (("Fibre", "Cable"), ("government", "industry"))),
        ("2022-01-01", "2023-01-01"),
        ("city", "eve"),
    ],
)
def test_a_project_of_which_anything_changed_waits_and_differs(
    said: str, otherwise: str, with_a_project: Path, tmp_path: Path
) -> None:
    store = shutil.copytree(with_a_project, tmp_path / "store") / "store.duckdb"
    before = number(current(store))
    load(store, PROJECT + FIBRE.replace(said, otherwise), "project.csv", "project")
    assert projects(store) == ["unconfirmed"]
    [change] = compare(store, before, number(current(store))).changes
    assert (change.table, change.kind) == ("project", "changed")
    assert json.dumps(change.new)


def test_the_same_file_again_leaves_what_was_confirmed_whatever_it_says_of_some(store: Path) -> None:
    rows = "xining,gdp,2022,1644,亿元,\nxining,gdp,2023,1800,亿元,estimated\n"
    load(store, f"{HEAD},status\n{rows}", "two.csv")
    confirm(store, "two.csv", "preliminary", at=AT)
    assert sorted(marks(store, "file = 'two.csv'")) == ["estimated", "preliminary"]
    load(store, f"{HEAD},status\n{rows}", "two.csv")
    assert sorted(marks(store, "file = 'two.csv'")) == ["estimated", "preliminary"]


def test_the_same_value_said_to_be_worth_less_waits(store: Path) -> None:
    confirm(store, "own.csv", "published", at=AT)
    load(store, f"{HEAD},status\nxining,gdp,2021,1548.8,亿元,preliminary\n")
    assert sorted(marks(store)) == ["reported", "unconfirmed_preliminary"]


def test_shipped_figures_stay_published_when_they_are_loaded_once_more(store: Path) -> None:
    source = "nbs-major-city-gdp-1999-2018"
    with opened(it=current(store)) as connection:
        [row] = connection.execute(
            "SELECT place_id, metric_id, period_id, value_written, unit_written, method FROM it.published"
            f" WHERE source_id = '{source}' AND place_id = 'xining' AND period_id = '2018'"
        ).fetchall()
    load(store, f"{HEAD},method,source\n{','.join(row)},{source}\n", "again.csv")
    assert marks(store, f"source_id = '{source}' AND place_id = 'xining' AND period_id = '2018'") == ["reported"]


def test_what_was_loaded_since_it_was_looked_at_still_waits(store: Path) -> None:
    seen = number(current(store))
    load(store, f"{HEAD}\nxining,gdp,2022,1644,亿元\n")
    confirm(store, "own.csv", "published", until=seen, at=AT)
    assert sorted(marks(store)) == ["reported", "unconfirmed"]
    with pytest.raises(StoreError, match="look again"):
        confirm(store, "own.csv", "published", until=seen, at=AT)


def test_what_is_said_of_a_source_stays_while_some_of_it_waits(store: Path) -> None:
    load(store, f"{HEAD},source\nxining,gdp,2022,1644,亿元,bureau\n", "one.csv", kind="estimate")
    seen = number(current(store))
    load(store, f"{HEAD},source\nxining,gdp,2023,1800,亿元,bureau\n", "two.csv", kind="internal")
    confirm(store, "bureau", "estimate", until=seen, at=AT)
    assert [(one.kind, one.figures) for one in waiting(store) if one.source_id == "bureau"] == [("internal", 1)]
    confirm(store, "bureau", "internal", at=AT)
    assert "bureau" not in {one.source_id for one in waiting(store)}


@pytest.mark.long
def test_what_is_loaded_while_the_command_asks_is_not_confirmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _ = kept.with_something_to_confirm(tmp_path)
    [one] = waiting(store)

    def meanwhile(_: str) -> bool:
        load(store, f"{HEAD},source\nxining,gdp,2031,9,亿元,{one.source_id}\n", "late.csv")
        return True

    monkeypatch.setattr("xinfo.cli.sources.agreed", meanwhile)
    command = ["sources", "confirm", one.source_id, "--as", "published", "--store", str(store), "--by", "li wei"]
    assert main(command) == 0
    assert [(left.source_id, left.figures) for left in waiting(store)] == [(one.source_id, 1)]


@pytest.mark.parametrize(
    ("title", "publisher", "kind"),
    [
        ("Human resources: Xining", "", ""),
        ("Flash memory output 2016", "", ""),
        ("GDP 2016Q1 flash", "", "preliminary"),
        ("GDP, flash estimate", "", "preliminary"),
        ("Data source: Xining Bureau", "Xining Bureau", ""),
        ("统计资料来源：西宁市统计局", "西宁市统计局", ""),
    ],
)
def test_a_file_says_only_what_it_says(title: str, publisher: str, kind: str) -> None:
    assert claimed([title]) == Claimed(publisher, kind)


def test_nothing_is_confirmed_that_does_not_wait(store: Path) -> None:
    with pytest.raises(InputError, match=r"did you mean 'own\.csv'|own\.csv"):
        confirm(store, "own.cvs", "published", at=AT)
    with pytest.raises(InputError, match="expected one of published"):
        confirm(store, "own.csv", "true", at=AT)


def test_a_status_that_the_file_gives_stays_where_it_is_the_weaker_one(store: Path) -> None:
    load(store, f"{HEAD},status\nxining,gdp,2022,1644,亿元,preliminary\nxining,gdp,2023,1800,亿元,\n", "two.csv")
    assert sorted(marks(store, "file = 'two.csv'")) == ["unconfirmed", "unconfirmed_preliminary"]
    confirm(store, "two.csv", "published", at=AT)
    assert sorted(marks(store, "file = 'two.csv'")) == ["preliminary", "reported"]


def test_marks_combine_to_the_weakest_standing_and_the_weakest_status() -> None:
    assert weakest(["unconfirmed", "estimated"]) == "unconfirmed_estimated"
    assert weakest(["internal", "preliminary", "reported"]) == "internal_preliminary"
    assert weakest(["illustrative", "unconfirmed_preliminary"]) == "illustrative"
    assert weakest([]) is None
    for mark in MARKS:
        assert mark_of(standing_of(mark), status_of(mark)) == mark
    assert STANDINGS[0] == "published"


def test_the_command_lists_what_waits_confirms_it_and_notes_that(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sources", "--store", str(store)]) == 0
    assert "own.csv: 1 figures, loaded by Li Wei" in capsys.readouterr().out
    wanted = ["sources", "confirm", "own.csv", "--as", "preliminary", "--publisher", "Xining Bureau of Statistics"]
    assert main([*wanted, "--store", str(store), "--by", "steward"]) == 0
    assert main(["sources", "--store", str(store)]) == 0
    assert "every source is confirmed" in capsys.readouterr().out
    last = (folder(store) / "000001.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    entry = json.loads(last)
    assert (entry["did"], entry["who"], entry["what"]["source"]) == ("confirm", "steward", "own.csv")
    assert main([*wanted, "--store", str(store)]) == 1
    assert main(["sources", "confirm", "own.csv", "--store", str(store)]) == 1


def test_the_contracts_tables_are_loaded_without_a_question(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A source that names its publisher is told as that, and waits like any other."""
    sources = store.parent / "source.csv"
    sources.write_text("source_id,title,publisher,url,published\nyb,Yearbook 2022,Qinghai Bureau,,2022-10-01\n")
    figures = store.parent / "observation.csv"
    figures.write_text(f"{HEAD},source\nxining,gdp,2022,1644.3,亿元,yb\n", encoding="utf-8")
    assert main(["load", str(sources), str(figures), "--store", str(store), "--by", "Li Wei"]) == 0
    assert "xinfo sources confirm" in capsys.readouterr().out
    reply = answered(store, "GDP of Xining in 2022")
    assert TOLD["en"] in reply.headline
    assert "said to be published by Qinghai Bureau" in page(reply)
    assert to_json(reply)["statuses"] == ["reported"]
    assert to_json(reply)["sources"] == [{"source_id": "yb", "title": "Yearbook 2022", "url": ""}]


def test_flags_say_who_published_and_what_it_is(store: Path) -> None:
    figures = store.parent / "flags.csv"
    figures.write_text(f"{HEAD}\nxining,gdp,2022,1644.3,亿元\n", encoding="utf-8")
    told = ["--publisher", "Xining Bureau", "--status", "preliminary"]
    assert main(["load", str(figures), "--store", str(store), *told]) == 0
    [one] = [one for one in waiting(store) if one.source_id == "flags.csv"]
    assert (one.publisher, one.kind) == ("Xining Bureau", "preliminary")
    assert marks(store, "file = 'flags.csv'") == ["unconfirmed_preliminary"]


def test_a_steward_confirms_on_the_page_by_a_click(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tab = _sources(store, monkeypatch)
    [button] = [button for button in tab.button if str(button.key).startswith("confirm-button-own.csv")]
    next(field for field in tab.text_input if "confirm-publisher" in str(field.key)).set_value("Xining Bureau")
    button.click().run()
    assert not tab.exception
    assert "own.csv is confirmed" in tab.success[0].value.replace("\u2060", "").replace("\\", "")
    assert waiting(store) == ()
    assert marks(store) == ["reported"]


def test_who_may_not_confirm_is_told_who_may(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from xinfo.access.person import Grant, Person

    monkeypatch.setattr(session, "person", lambda: Person("li@example.com", "Li", (Grant("analyst"),)))
    tab = _sources(store, monkeypatch)
    assert not [button for button in tab.button if str(button.key).startswith("confirm-button")]
    assert any("confirm sources" in piece.value for piece in tab.markdown)


def test_what_a_click_changes_of_vouched_results_is_asked_and_the_next_click_accepts_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, template = kept.with_something_to_confirm(tmp_path)
    tab = _sources(store, monkeypatch)
    before = current(store)
    _button(tab).click().run()
    assert "changes with these figures" in tab.warning[0].value
    assert "2,200,000,000,000" in tab.warning[0].value.replace("\\", "")
    assert current(store) == before
    assert _button(tab).label == "Confirm and approve the new results"
    _button(tab).click().run()
    assert "fill in the name" in tab.error[0].value
    assert current(store) == before
    next(field for field in tab.text_input if "confirm-who" in str(field.key)).set_value("li wei").run()
    _button(tab).click().run()
    assert not tab.exception
    assert waiting(store) == ()
    assert "2200000000000.0" in template.read_text(encoding="utf-8")


def _button(tab: AppTest) -> Button:
    return next(button for button in tab.button if str(button.key).startswith("confirm-button"))


def _sources(store: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("XINFO_STORE", str(store))
    opening.forget()
    for cached in (session._then, session._past):
        cached.cache_clear()
    tab = AppTest.from_string("from xinfo.ui import data\ndata.page()", default_timeout=120)
    tab.session_state["data-open"] = "sources"
    tab.run()
    assert not tab.exception
    return tab


def test_of_other_periods_it_is_said_that_they_are_and_who_loaded_them(store: Path) -> None:
    question = {
        "en": "Which year was GDP of Xining highest from 2016 to 2022?",
        "zh": "西宁2016年至2022年GDP最高的是哪一年？",
    }
    confirm(store, "own.csv", "published", at=AT)
    load(store, f"{HEAD}\nxining,gdp,2022,1,亿元\n", "little.csv")
    told = {"en": "some figures for other periods are", "zh": "其他时期的数据部分为"}
    for lang, asking in question.items():
        reply = answered(store, asking)
        assert told[lang] + (" " if lang == "en" else "") + AMONG[lang] in reply.headline
        assert reply.uploaders == "Li Wei"


@pytest.mark.long
def test_of_other_places_it_is_said_who_loaded_them(store: Path) -> None:
    confirm(store, "own.csv", "published", at=AT)
    load(store, f"{HEAD}\nbeijing,telecom_revenue,2021,1,亿元\nxining,telecom_revenue,2021,2,亿元\n", "few.csv")
    confirm(store, "few.csv", "published", at=AT)
    load(store, f"{HEAD}\nshanghai,telecom_revenue,2021,1,亿元\n", "third.csv")
    reply = answered(store, "What was the rank of Xining by telecom revenue in 2021?")
    assert "some of the figures compared are unconfirmed figures uploaded by Li Wei" in reply.headline


def test_where_nobody_is_known_to_have_loaded_it_that_reads_as_a_sentence(store: Path) -> None:
    file = store.parent / "nobody.csv"
    file.write_text(f"{HEAD}\nxining,gdp,2022,1644,亿元\n", encoding="utf-8")
    add(store, [Batch(file, "observation")], built_at=AT)
    confirm(store, "own.csv", "published", at=AT)
    assert "由用户上传，未经确认" in answered(store, "西宁市2022年地区生产总值").headline
    assert "(uploaded, not confirmed)" in answered(store, "GDP of Xining in 2022").headline
