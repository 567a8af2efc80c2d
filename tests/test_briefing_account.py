"""Sentences computed around a figure: the largest part of a change in whatever it has parts of; what is not said."""

from __future__ import annotations

import pytest
from briefings import QUERIES, spent, store
from panels import figure

from xinfo.ask import Workspace, open_workspace
from xinfo.briefing.account import Sentence, account
from xinfo.briefing.model import SENTENCES

FIELDS = {"finance": 3, "education": 9, "health": 2, "transport": 2, "commerce": 5, "social_security": 1}
GIVEN = [
    *(spent("xining", "2014", 2e9, offering="products"), spent("xining", "2014", 3e9, offering="services")),
    *(spent("xining", "2015", 2.1e9, offering="products"), spent("xining", "2015", 3.9e9, offering="services")),
    *(spent("beijing", "2014", 9e9, consumer="personal"), spent("beijing", "2014", 1e9, consumer="enterprise")),
    *(spent("beijing", "2014", 1e9, consumer="public"), spent("beijing", "2015", 6e9, consumer="personal")),
    *(spent("beijing", "2015", 1.5e9, consumer="enterprise"), spent("beijing", "2015", 1e9, consumer="public")),
    *(figure("connected_terminals", "2014", 1000, {"sector": one, "source": "new"}) for one in FIELDS),
    *(figure("connected_terminals", "2015", 1000 + n, {"sector": one, "source": "new"}) for one, n in FIELDS.items()),
    *(figure("gdp", "2014", 5e10, {"source": "new"}), figure("gdp", "2015", 6e10, {"source": "new"})),
]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return open_workspace(store(tmp_path_factory.mktemp("account"), given=GIVEN), QUERIES)


def told(question: str, opened: Workspace, lang: str = "en") -> dict[str, str]:
    found = account(question, SENTENCES, opened, lang)
    return {one.kind: one.text for one in found if isinstance(one, Sentence)}


@pytest.mark.parametrize(
    ("question", "en", "zh"),
    [
        ("Information consumption of Xining in 2015",
         "The largest contributor to the rise of 1 billion yuan on the year before was information consumption "
         "(services), which added 900 million yuan, or 90% of it.",
         "同比增加10亿元，其中信息消费（信息服务）增加最多，为9亿元，占增量的90%。"),
        ("Information consumption of Beijing in 2015",
         "Against a fall of 2.5 billion yuan on the year before, personal information consumption lost the most: "
         "3 billion yuan.",
         "同比共减少25亿元，其中个人信息消费减少最多，为30亿元。"),
        ("Connected terminals of Xining at the end of 2015",
         "The largest contributor to the rise of 22 on the year before was connected terminals (education), "
         "which added 9, or 40.91% of it.",
         "同比增加22，其中联网终端（教育）增加最多，为9，占增量的40.91%。"),
    ],
)  # fmt: skip
def test_the_largest_contributor_is_told_of_any_figure_that_has_parts(
    question: str, en: str, zh: str, opened: Workspace
) -> None:
    assert told(question, opened)["contributor"] == en
    assert told(question, opened, "zh")["contributor"] == zh


def test_a_figure_without_parts_has_no_contributor(opened: Workspace) -> None:
    assert told("GDP of Xining in 2015", opened).keys() == {"level", "change"}
