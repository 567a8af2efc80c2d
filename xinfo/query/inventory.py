"""What a store says of its sources and metrics: how many figures each has, by which methods. Says no words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xinfo.query.engine import Engine

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
MOST_ROWS, SECONDS = 100_000, 30.0


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
    rows = _rows(engine, METRICS.format(table="published_observation" if published_only else "observation"))
    return tuple(
        Defined(metric, unit, kind, {"en": en, "zh": zh}, figures, tuple(method for method in methods if method))
        for metric, unit, kind, en, zh, figures, methods in rows
    )


def _rows(engine: Engine, sql: str, **params: object) -> Sequence[tuple[Any, ...]]:
    return engine.execute(sql, params, row_cap=MOST_ROWS, seconds=SECONDS).rows
