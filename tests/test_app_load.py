"""The Load tab on a real store: from files to a new version, and what is asked and refused; without a browser."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from panels import HERE, figure, write_csv
from streamlit.testing.v1 import AppTest

from xinfo.answer.answer import Answer
from xinfo.errors import StoreError
from xinfo.intake import quarantine
from xinfo.intake.report import Report
from xinfo.language.texts import text
from xinfo.store.add import add
from xinfo.store.build import Progress, build
from xinfo.store.confirm import confirm
from xinfo.store.history import history
from xinfo.store.opening import opened
from xinfo.store.versions import current, listed
from xinfo.ui import opening, session
from xinfo.ui.data.load import draft as drafts
from xinfo.ui.data.load import job as jobs
from xinfo.ui.data.load.job import Job

PAGE = "from xinfo.ui import data\ndata.page()"
OFFICE = {"source": "office", "unit": "亿元"}
WIDE = "地区生产总值\n地区,2014年,2015年,备注\n西宁市,1066,1131.6,快报\n北京市,21331,23014.6,\n合计,22397,24146.2,\n"
NEXT = "地区生产总值\n地区,2016年,2017年,备注\n西宁市,1248.2,1284.9,\n"
LONG = "place,metric,period,value,unit,source\n"
GOOD = LONG + "西宁市,gdp,2014,1066,亿元,office\n西宁市,gdp,2015,1131.6,亿元,office\n"
BAD = LONG + "西宁巿,gdp,2015,1131.6,亿元,office\n西宁市,gdp,2016,多,亿元,office\n"
IN_WAN = LONG + "西宁市,gdp,2015,1131.6,万元,office\n"


@pytest.fixture(scope="module", autouse=True)
def patient() -> Iterator[None]:
    """Nothing is shown of how far the work is: the page waits for it."""
    patch = pytest.MonkeyPatch()
    patch.setattr(jobs, "PATIENCE", 120)
    yield
    patch.undo()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that knows the GDP of Xining and Beijing in 2014."""
    folder = tmp_path_factory.mktemp("template")
    rows = [figure("gdp", "2014", 1070, OFFICE), figure("gdp", "2014", 21331, OFFICE | {"place": "beijing"})]
    write_csv(folder / "data" / "observation.csv", rows)
    build(folder / "store.duckdb", shipped=HERE, data=folder / "data", built_at="2016-01-10T08:00:00+08:00", who="li")
    return folder


@pytest.fixture
def store(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that store."""
    store = tmp_path / "store.duckdb"
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("XINFO_STORE", str(store))
    opening.forget()
    for cached in (session._then, session._past, drafts._words):
        cached.cache_clear()
    return store


@pytest.fixture
def tab(store: Path) -> AppTest:
    page = AppTest.from_string(PAGE, default_timeout=180)
    page.session_state["data-open"] = "load"
    return page.run()


def upload(page: AppTest, **files: str) -> AppTest:
    given = [(f"{name}.csv", content.encode(), "text/csv") for name, content in files.items()]
    page.file_uploader[0].set_value(given).run()
    assert not page.exception
    return page


def click(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


def submit(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == text(label, "en")).click().run()
    assert not page.exception
    return page


def keys(page: AppTest) -> set[str]:
    return {str(button.key) for button in page.button}


def said(page: AppTest) -> str:
    pieces = [
        *page.title,
        *page.header,
        *page.subheader,
        *page.markdown,
        *page.warning,
        *page.success,
        *page.info,
        *page.error,
    ]
    tables = [str(cell) for table in page.table for row in table.value.values.tolist() for cell in row]
    hidden = str.maketrans({"\\": None, "\u2060": None, "\u00a0": " "})
    return "\n".join([*(piece.value for piece in pieces), *tables]).translate(hidden)


def rows(store: Path) -> list[tuple[str, str, float]]:
    return published(store, "place_id, period_id, value")


def published(store: Path, columns: str) -> list[tuple[Any, ...]]:
    with opened(it=current(store)) as connection:
        return connection.execute(f"SELECT {columns} FROM it.published ORDER BY ALL").fetchall()


def answered(question: str) -> str:
    answer = session.here().conversation("en").ask(question)
    assert isinstance(answer, Answer)
    return answer.headline


def choose(page: AppTest, key: str, value: object) -> None:
    """In a form: it is sent with the button."""
    next(box for box in page.selectbox if str(box.key).startswith(key)).set_value(value)


def test_a_table_is_asked_about_confirmed_reported_and_loaded_and_answers_change(store: Path, tab: AppTest) -> None:
    assert "10.7" not in said(upload(tab, gdp=WIDE))
    for part in ("2014年", "1066", "place", "Rows left out", "What is the unit"):
        assert part in said(tab) or any(part in box.label for box in tab.selectbox)
    assert "load-confirm-0" not in keys(tab)
    choose(tab, "load-ask-0-0", "亿元")
    submit(tab, "load.answer")
    assert "Xining · GDP · 2014" in said(tab)
    assert "load-go" not in keys(tab)
    click(tab, "load-confirm-0")
    assert [(metric.label, metric.value) for metric in tab.metric][:2] == [("New", "4"), ("Revised", "0")]
    assert len(listed(store)) == 1
    tab.text_input(key="load-who").set_value("wang").run()
    click(tab, "load-go")
    assert "Loaded as version 2: 4 new." in said(tab)
    assert ("xining", "2015", 113_160_000_000.0) in rows(store)
    assert history(store)[-1].who == "wang"
    assert "113.2 billion yuan" in answered("GDP of Xining in 2015")


def test_the_next_file_of_the_shape_is_read_alike_until_that_is_forgotten(store: Path, tab: AppTest) -> None:
    choose(upload(tab, gdp=WIDE), "load-ask-0-0", "亿元")
    submit(tab, "load.answer")
    click(tab, "load-confirm-0")
    click(tab, "load-go")
    assert "the next file with this layout will be read the same way" in said(tab)
    upload(tab, later=NEXT)
    assert "load-go" in keys(tab)
    assert text("load.remembered_hint", "en") in said(tab)
    click(tab, "load-forget-0")
    assert "load-go" not in keys(tab)
    assert any("What is the unit" in box.label for box in tab.selectbox)


def test_a_report_tells_old_and_new_values_before_anything_is_written(store: Path, tab: AppTest) -> None:
    upload(tab, figures=GOOD)
    assert "107 billion yuan → 106.6 billion yuan" in said(tab)
    click(tab, "load-go")
    assert "1 new, 1 revised" in said(tab)
    assert "107 billion yuan" in answered("GDP of Xining in 2014"), "until it is confirmed"
    confirm(store, "office", "published", at="2016-06-01")
    assert "106.6 billion yuan" in answered("GDP of Xining in 2014")


def test_what_the_store_has_already_need_not_be_loaded(store: Path, tab: AppTest) -> None:
    upload(tab, same=LONG + "西宁市,gdp,2014,1070,亿元,office\n")
    assert text("load.nothing_new", "en") in said(tab)
    assert "load-go" not in keys(tab)


def test_a_refused_file_is_kept_and_the_others_go_in_whole(store: Path, tab: AppTest) -> None:
    upload(tab, bad=BAD, good=GOOD)
    for part in ("row 2", "did you mean 西宁市?", "'多' is no number", "Refused: 1 of 2 files"):
        assert part in said(tab)
    assert "load-go" not in keys(tab)
    click(tab, "load-set-aside")
    assert [(one.file, one.problems) for one in quarantine.listed(store)] == [("bad.csv", 2)]
    click(tab, "load-go")
    assert history(store)[-1].files[0].file == "good.csv"
    assert "bad.csv" in said(tab)


def test_a_kept_file_is_tried_again_and_removed_once_that_is_confirmed(store: Path, tab: AppTest) -> None:
    click(upload(tab, bad=BAD), "load-set-aside")
    click(tab, "load-again-1")
    assert "'多' is no number" in said(tab)
    click(tab, "load-remove-1")
    assert len(quarantine.listed(store)) == 1
    click(tab, "load-removed-1")
    assert quarantine.listed(store) == ()


def test_an_improbable_unit_is_answered_with_another_unit_or_by_leaving_the_file(store: Path, tab: AppTest) -> None:
    upload(tab, wan=IN_WAN)
    assert "load-go" not in keys(tab)
    assert "Is the unit of GDP right?" in tab.radio[-1].label.replace("\\", "")
    assert "the stored figure is 1070 亿元" in said(tab)
    tab.radio[-1].set_value("亿元").run()
    click(tab, next(key for key in keys(tab) if key.endswith("-answer")))
    click(tab, "load-go")
    assert ("xining", "2015", 113_160_000_000.0) in rows(store)
    upload(tab, wan=IN_WAN.replace("2015", "2016"))
    tab.radio[-1].set_value("leave").run()
    click(tab, next(key for key in keys(tab) if key.endswith("-answer")))
    assert "wan.csv" not in said(tab)


def test_quarters_that_may_run_from_january_are_asked_about(store: Path, tab: AppTest) -> None:
    upload(tab, quarters="2016年GDP（亿元）\n地区,一季度,二季度,三季度\n西宁市,200,450,700\n")
    choose(tab, "load-ask-0-0", "cumulative")
    submit(tab, "load.answer")
    click(tab, "load-confirm-0")
    click(tab, "load-go")
    assert {period for _, period, _ in rows(store)} >= {"2016Q1", "2016Q1-Q2", "2016Q1-Q3"}


def test_a_table_can_be_read_otherwise(store: Path, tab: AppTest) -> None:
    upload(tab, table="地区,2015年GDP（亿元）,序号\n西宁市,1131.6,1\n")
    tab.session_state["load-fields-0-1"] = True
    tab.run()
    tab.selectbox(key="load-whole-0-1-status").set_value("preliminary")
    submit(tab, "load.apply")
    assert "preliminary" in said(tab)
    tab.session_state["load-fields-0-2"] = True
    tab.run()
    tab.selectbox(key="load-header-0-2").set_value("序号").run()
    tab.selectbox(key="load-column-0-2-2-role").set_value("note")
    [*_, last] = [button for button in tab.button if button.label == text("load.apply", "en")]
    last.click().run()
    assert not tab.exception
    click(tab, "load-confirm-0")
    click(tab, "load-go")
    assert ("2015", "preliminary", "1") in published(store, "period_id, status, note")


@pytest.mark.parametrize(("field", "told"), [(None, "load.read_so_already"), ("soon", "load.no_period")])
def test_a_table_read_as_before_is_told(tab: AppTest, field: str | None, told: str) -> None:
    upload(tab, table="地区,2015年GDP（亿元）\n西宁市,1131.6\n")
    tab.session_state["load-fields-0-1"] = True
    tab.run()
    if field:
        tab.text_input(key="load-whole-0-1-period").set_value(field)
    submit(tab, "load.apply")
    assert text(told, "en") in said(tab)
    assert text(told, "en") not in said(tab.run())


def test_what_is_said_of_one_file_does_not_hold_for_another(store: Path, tab: AppTest) -> None:
    upload(tab, one="GDP（亿元）\n年份,总额\n2015年,1131.6\n", two="GDP（亿元）\n年份,总额\n2015年,23014.6\n")
    choose(tab, "load-ask-0-0", "xining")
    submit(tab, "load.answer")
    choose(tab, "load-ask-1-0", "beijing")
    submit(tab, "load.answer")
    click(tab, "load-confirm-all")
    click(tab, "load-go")
    assert {(place, value) for place, period, value in rows(store) if period == "2015"} == {
        ("xining", 113_160_000_000.0),
        ("beijing", 2_301_460_000_000.0),
    }


def test_a_store_that_has_changed_since_the_report_is_looked_at_again(
    store: Path, tab: AppTest, tmp_path: Path
) -> None:
    upload(tab, figures=GOOD)
    other = tmp_path / "other.csv"
    other.write_text(GOOD.replace("1131.6", "1132"), encoding="utf-8")
    add(store, [other], built_at="2016-06-01")
    click(tab, "load-go")
    assert text("load.changed", "en") in said(tab)
    assert "113.2 billion yuan → 113.16 billion yuan" in said(tab)
    assert len(listed(store)) == 2


def test_an_error_says_that_everything_is_as_it_was(store: Path, tab: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    upload(tab, figures=GOOD)

    def fails(*_: object, **__: object) -> Report:
        raise StoreError("another build or load is at work; try again when it has ended")

    monkeypatch.setattr(drafts, "take", fails)
    click(tab, "load-go")
    assert "another build or load is at work" in said(tab)
    assert text("load.as_it_was", "en") in said(tab)
    assert "load-go" in keys(tab)


def test_work_that_is_called_off_leaves_everything_as_it_was(store: Path, tmp_path: Path) -> None:
    begun, on = threading.Event(), threading.Event()

    def work(progress: Progress) -> Report:
        begun.set()
        on.wait(20)
        add(store, [tmp_path / "figures.csv"], built_at="2016-06-01", progress=progress)
        raise AssertionError("it was not called off")

    (tmp_path / "figures.csv").write_text(GOOD, encoding="utf-8")
    job = Job("load", work, "en")
    assert begun.wait(20)
    job.cancel()
    on.set()
    assert job.finished(20)
    assert (job.report, job.trouble) == (None, "")
    assert len(listed(store)) == 1


def test_what_fails_unexpectedly_is_said_too() -> None:
    def work(_: Progress) -> Report:
        raise RuntimeError("no memory")

    job = Job("look", work, "en")
    assert job.finished(20)
    assert job.trouble == "RuntimeError: no memory"


def test_a_file_of_no_table_is_refused_in_words(store: Path, tab: AppTest) -> None:
    upload(tab, letter="Dear colleagues\nplease find the figures attached.\n")
    assert text("load.all_refused", "en") in said(tab)
    click(tab, "load-set-aside")
    assert "letter.csv" in said(tab)


def test_a_file_can_be_left_out(store: Path, tab: AppTest) -> None:
    upload(tab, figures=GOOD)
    click(tab, "load-drop-0-figures.csv")
    assert "figures.csv" not in said(tab)
    assert "load-go" not in keys(tab)


def test_who_published_the_figures_and_what_they_are_goes_along(store: Path, tab: AppTest) -> None:
    upload(tab, 快报=GOOD)
    [kind] = [field for field in tab.selectbox if str(field.key).startswith("load-kind-")]
    assert kind.value == "preliminary"
    [publisher] = [field for field in tab.text_input if str(field.key).startswith("load-publisher-")]
    publisher.set_value("Xining Bureau of Statistics").run()
    kind.set_value("internal").run()
    click(tab, "load-go")
    with opened(it=current(store)) as connection:
        source = connection.execute("SELECT publisher, claimed FROM it.source WHERE source_id = 'office'").fetchone()
    assert source == ("Xining Bureau of Statistics", "internal")


def test_the_sample_can_be_tried_and_changes_nothing(store: Path, tab: AppTest) -> None:
    assert "Tables as published in bulletins" in said(tab)
    tab.button(key="load-sample").click().run()
    assert not tab.exception
    assert text("load.nothing_new", "en") in said(tab)
    assert len(listed(store)) == 1
