"""How much a store holds: figures in all, of each metric, source and year, from when to when; a few as files had them.

Says no words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xinfo.query.engine import Engine
from xinfo.query.holdings import MOST_ROWS, SECONDS
from xinfo.query.schema import relation

SOURCES = """
    select s.source_id, coalesce(case when $chinese then s.title_zh end, s.title, s.source_id),
           coalesce(s.publisher, ''), coalesce(cast(s.published as varchar), ''), coalesce(s.url, ''),
           coalesce(p.n, 0), coalesce(t.n, 0), coalesce(s.unconfirmed, '')
    from source as s
    left join (select source_id, count(*) as n from published group by source_id) as p on p.source_id = s.source_id
    left join (
        select source_id, count(*) as n
        from (select source_id from target union all select source_id from rival_target) as given group by source_id
    ) as t on t.source_id = s.source_id
    where $every or (s.source_id <> 'demonstration' and s.unconfirmed is distinct from 'all')
    order by coalesce(p.n, 0) desc, coalesce(t.n, 0) desc, s.source_id
"""
METRICS = """
    select m.metric_id, m.unit, m.kind, coalesce(m.definition_en, ''), coalesce(m.definition_zh, ''), o.n, o.methods
    from metric as m inner join (
        select metric_id, count(*) as n, list(distinct method order by method) as methods
        from {table} group by metric_id
    ) as o on o.metric_id = m.metric_id
    order by o.n desc, m.metric_id
"""
OVERVIEW = """
    select o.metric_id, count(*), count(distinct o.place_id), count(*) filter (where o.status = 'illustrative'),
           arg_min(o.period_id, (p.start_date, o.period_id)), arg_max(o.period_id, (p.end_date, o.period_id))
    from {table} as o inner join period as p on p.period_id = o.period_id
    where o.value is not null and ($place = '' or o.place_id = $place)
      and p.start_date >= cast($first as date) and p.end_date <= cast($last as date)
    group by o.metric_id order by 2 desc, 1
"""
PLACES = "select distinct place_id from {table} where value is not null order by 1"
GIVEN = """
    select count(case when mark in ('reported', 'preliminary', 'estimated') then 1 end),
           count(case when mark = 'illustrative' then 1 end)
    from published
"""
MADE_UP = """
    select min(p.year), max(p.year) from observation as o inner join period as p on p.period_id = o.period_id
    where o.status = 'illustrative'
"""


@dataclass(frozen=True)
class Overview:
    """What is held of a metric."""

    metric: str
    figures: int
    places: int
    demonstration: int
    """How many of the figures are made up."""
    first: str
    last: str
    """The ids of the first and the last period."""


@dataclass(frozen=True)
class Extent:
    published: int
    invented: int
    """Figures made up for demonstration, counted as those are: as given, without what follows from them."""
    made_up: tuple[int, int] | None
    """The first and the last year with such figures; None where there are none."""


@dataclass(frozen=True)
class Counted:
    """A source with the published rows and targets that come from it."""

    source_id: str
    title: str
    publisher: str
    published: str
    url: str
    figures: int
    targets: int
    unconfirmed: str
    """`all` or `some` where figures of it are unconfirmed."""


@dataclass(frozen=True)
class Defined:
    """A metric that the store has figures of, with its definition by language and the methods behind the figures."""

    metric_id: str
    unit: str
    kind: str
    definition: dict[str, str]
    figures: int
    methods: tuple[str, ...]


def read_sources(engine: Engine, lang: str, published_only: bool = False) -> tuple[Counted, ...]:
    """Every source, its title in `lang`, those with the most figures first. Raises EngineError and TookTooLong."""
    rows = _rows(engine, SOURCES, every=not published_only, chinese=lang == "zh")
    return tuple(Counted(*row) for row in rows)


def read_definitions(engine: Engine, published_only: bool = False) -> tuple[Defined, ...]:
    """Every metric with figures, those with the most first. Raises the same."""
    rows = _rows(engine, METRICS.format(table=relation("observation", published_only)))
    return tuple(
        Defined(metric, unit, kind, {"en": en, "zh": zh}, figures, tuple(method for method in methods if method))
        for metric, unit, kind, en, zh, figures, methods in rows
    )


def read_overview(
    engine: Engine, published_only: bool, place: str = "", within: tuple[date, date] = (date.min, date.max)
) -> tuple[Overview, ...]:
    """Every metric with figures, of one place or of all, of the periods within two days; those with the most first.

    Raises the same.
    """
    sql, (first, last) = OVERVIEW.format(table=relation("observation", published_only)), within
    rows = _rows(engine, sql, place=place, first=first.isoformat(), last=last.isoformat())
    return tuple(Overview(*row) for row in rows)


def places_held(engine: Engine, published_only: bool) -> tuple[str, ...]:
    """The places that have any figure. Raises the same."""
    return tuple(place for (place,) in _rows(engine, PLACES.format(table=relation("observation", published_only))))


def read_extent(engine: Engine) -> Extent:
    """How much there is in all. Raises the same."""
    [(published, invented)] = _rows(engine, GIVEN, engine.patience)
    [(first, last)] = _rows(engine, MADE_UP, engine.patience)
    return Extent(published, invented, None if first is None else (first, last))


def _rows(engine: Engine, sql: str, seconds: float = SECONDS, /, **params: object) -> Sequence[tuple[Any, ...]]:
    return engine.execute(sql, params, row_cap=MOST_ROWS, seconds=seconds).rows


BY_YEAR = """
    select distinct o.metric_id, p.year, o.place_id
    from {table} as o inner join period as p on p.period_id = o.period_id where o.value is not null
"""
Years = Mapping[int, frozenset[str]]
"""Which of the places have a figure of a year, or of a part of it."""


def read_by_year(engine: Engine, places: Collection[str], published_only: bool) -> Mapping[str, Years]:
    """By metric. Raises EngineError and TookTooLong."""
    sql = BY_YEAR.format(table=relation("observation", published_only))
    found: dict[str, dict[int, frozenset[str]]] = {}
    for metric, year, place in engine.execute(sql, {}, row_cap=MOST_ROWS, seconds=SECONDS).rows:
        years = found.setdefault(str(metric), {})
        years[int(str(year))] = years.get(int(str(year)), frozenset()) | ({str(place)} & set(places))
    return found


SAMPLE_COLUMNS = ("place", "metric", "period", "value", "unit", "status", "method", "source")
"""Those of the import format that such a row needs."""
SAMPLE = """
    select place_id, metric_id, period_id, value_written, unit_written, status, method, source_id from published
    where mark = 'reported' and consumer = 'all' and offering = 'all' and sector = 'all'
      and value_written is not null and unit_written is not null
      and metric_id = (select metric_id from published where mark = 'reported'
                       group by metric_id order by count(*) desc, metric_id limit 1)
    order by period_id desc, place_id limit 6
"""


def read_sample(engine: Engine) -> Sequence[tuple[Any, ...]]:
    """Rows of SAMPLE_COLUMNS, all of the metric with most of them; none in a store without. Raises EngineError."""
    return engine.execute(SAMPLE, {}, row_cap=10, seconds=engine.patience).rows
