"""A year that its quarters do not add up to: warned of when it is loaded, told with every answer that uses either."""

from __future__ import annotations

from pathlib import Path

import pytest

from xinfo.answer.answer import Answer
from xinfo.ask import open_workspace
from xinfo.intake.load import Load, take, words_of
from xinfo.intake.report import Report
from xinfo.store.build import BuildReport, build

ROOT = Path(__file__).parents[1]
SHIPPED, QUERIES = ROOT / "data", ROOT / "queries"
HEAD = "place,metric,period,value,unit\n"


def rows(place: str, year: int, whole: float, quarters: tuple[float, ...], metric: str = "software_revenue") -> str:
    lines = [f"{place},{metric},{year},{whole},亿元"]
    lines += [f"{place},{metric},{year}Q{at},{value},亿元" for at, value in enumerate(quarters, 1)]
    return "\n".join(lines) + "\n"


def made(folder: Path, content: str) -> BuildReport:
    data = folder / "data"
    data.mkdir()
    (data / "observation.csv").write_text(HEAD + content, encoding="utf-8")
    return build(folder / "store", shipped=SHIPPED, data=data, built_at="2016-01-01")


def loaded(store: Path, name: str, content: str, dry_run: bool = False) -> Report:
    file = store.with_name(name)
    file.write_text(HEAD + content, encoding="utf-8")
    load = Load(store, lambda: words_of(store, QUERIES, SHIPPED / "division.csv"))
    return take(load, [file], at="2016-02-01", who="wang", dry_run=dry_run)


def warnings(report: Report, lang: str = "en") -> list[str]:
    return [line.what.text(lang) for line in report.of("note") if not isinstance(line.what, str)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unequal")
    content = rows("xining", 2014, 100, (20, 25, 30, 35)) + rows("xining", 2013, 90, (20, 22, 23, 25))
    content += rows("xining", 2015, 120, (25, 30, 31, 34)) + rows("hefei", 2014, 101, (20, 25, 30, 26))
    made(folder, content)
    return folder / "store"


def caveats(store: Path, question: str, lang: str = "en") -> str:
    answer = open_workspace(store, QUERIES).conversation(lang).ask(question)
    assert isinstance(answer, Answer), question
    return " ".join(answer.caveats)


@pytest.mark.parametrize(
    "question",
    [
        "software revenue of Xining in 2014",
        "software revenue of Xining in the second quarter of 2014",
        "software revenue of Xining in the first half of 2014",
        "growth of software revenue of Xining in 2015",
        "Rank the pilots by software revenue in 2014",
        "total software revenue of all pilots in 2014",
    ],
)
def test_an_answer_that_uses_either_tells_it(store: Path, question: str) -> None:
    said = caveats(store, question)
    assert "software revenue of Xining for 2014 is given as 10 billion yuan" in said
    assert "add up to 11 billion yuan" in said
    assert "Hefei for" not in said


@pytest.mark.parametrize(
    "question",
    ["software revenue of Xining in 2013", "software revenue of Hefei in 2014", "population of Xining in 2014"],
)
def test_any_other_answer_says_nothing_of_it(store: Path, question: str) -> None:
    answer = open_workspace(store, QUERIES).conversation("en").ask(question)
    assert not isinstance(answer, Answer) or "contradict" not in " ".join(answer.caveats)


def test_it_is_told_in_chinese_too(store: Path) -> None:
    assert "西宁市2014年软件业务收入公布为100亿元，各期合计为110亿元" in caveats(
        store, "西宁市2014年软件业务收入", "zh"
    )


def test_a_build_names_what_contradicts_itself(tmp_path: Path) -> None:
    report = made(tmp_path, rows("xining", 2014, 100, (20, 25, 30, 35)) + rows("hefei", 2014, 100, (20, 25, 30, 25)))
    [one] = report.unequal
    assert (one.place, one.period, one.value, one.added_written) == ("xining", "2014", 10_000_000_000, "110 亿元")


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_load_warns_of_it_whichever_of_the_two_came_first(tmp_path: Path, dry_run: bool) -> None:
    made(tmp_path, rows("xining", 2014, 100, ()))
    report = loaded(
        tmp_path / "store", "quarters.csv", rows("xining", 2014, 0, (20, 25, 30, 35)).split("\n", 1)[1], dry_run
    )
    assert report.outcome == ("ready" if dry_run else "loaded")
    [said] = warnings(report)
    assert "software_revenue of xining is 100 亿元 for 2014" in said
    assert "add up to 110 亿元" in said
    assert "合计为110 亿元" in warnings(report, "zh")[0]


def test_what_rounding_makes_of_it_is_no_contradiction(tmp_path: Path) -> None:
    assert made(tmp_path, rows("xining", 2014, 0.5, (0.1, 0.1, 0.1, 0.1))).unequal == ()


def test_stocks_are_not_added_up_and_methods_not_mixed(tmp_path: Path) -> None:
    stock = rows("xining", 2014, 100, (20, 25, 30, 35), "broadband_subscribers").replace("亿元", "万户")
    own = "xining,gdp,2014,100,亿元,a\n" + "".join(f"xining,gdp,2014Q{at},30,亿元,b\n" for at in (1, 2, 3, 4))
    data = tmp_path / "data"
    data.mkdir()
    (data / "observation.csv").write_text(
        HEAD.strip() + ",method\n" + stock.replace("\n", ",\n") + own, encoding="utf-8"
    )
    assert build(tmp_path / "store", shipped=SHIPPED, data=data, built_at="").unequal == ()
