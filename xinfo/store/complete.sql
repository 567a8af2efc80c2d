-- From `published` to `observation`; run part by part by complete.py, which names the parts and what stands between them.

-- part: series
-- One row a series (never across layers, methods or years), its figures in the order of their cells. The struct's
-- fields are in the order of preference: of one figure given twice by different sources the first counts.
CREATE OR REPLACE TEMP TABLE series AS
WITH source_order AS (
    SELECT source_id, row_number() OVER (ORDER BY published DESC NULLS LAST, source_id) AS newness FROM source),
figure AS (
    SELECT status = 'illustrative' AS made_up, place_id, metric_id, method, year, kind, {
        'cell': (((list_position($consumers, consumer) - 1) * 3 + list_position($offerings, offering) - 1) * 7
            + list_position($sectors, sector) - 1) * 169 + span.first * 13 + span.last,
        'weakness': list_position($statuses, status), 'newness': newness, 'id': published_id,
        'value': value, 'source': published.source_id, 'doubt': coalesce(list_position($confidences, published.confidence), 0),
        'note': published.note} AS it
    FROM published JOIN span USING (period_id) JOIN metric USING (metric_id)
    LEFT JOIN source_order ON source_order.source_id = published.source_id),
gathered AS (
    SELECT made_up, place_id, metric_id, method, year, any_value(kind) AS kind, list_sort(list(it)) AS its,
        min(it.source) = max(it.source) AS one_source, max(it.weakness) AS weakest, min(it.weakness) AS strongest,
        max(it.doubt) AS most_doubt, bool_or(it.note IS NOT NULL) AS noted, count(DISTINCT it.cell) AS cells
    FROM figure GROUP BY ALL),
single AS (
    SELECT * REPLACE (CASE WHEN cells = len(its) THEN its
        ELSE list_filter(its, lambda one, n: n = 1 OR its[n - 1].cell <> one.cell) END AS its) FROM gathered)
SELECT * EXCLUDE (its, cells), list_transform(its, lambda one: one.cell::INTEGER) AS cells,
    list_transform(its, lambda one: one.value) AS amounts, list_transform(its, lambda one: one.source) AS sources,
    list_transform(its, lambda one: one.weakness) AS weaknesses, list_transform(its, lambda one: one.doubt) AS doubts,
    list_transform(its, lambda one: one.note) AS notes
FROM single;

-- part: worked
-- Every recipe of a series' shape applied to its figures.
CREATE OR REPLACE TEMP TABLE worked AS
SELECT made_up, place_id, metric_id, method, span.period_id, consumer, offering, sector, rule,
    CASE WHEN len(positions) = 1 THEN amounts[positions[1]]
        ELSE clean(round(list_dot_product(list_select(amounts, positions), signs), 4)) END AS value,
    CASE WHEN strongest = weakest THEN weakest ELSE list_max(list_select(weaknesses, positions)) END AS weakness,
    CASE WHEN one_source THEN sources[1:1]
        ELSE list_sort(list_distinct(list_select(sources, positions))) END AS sources,
    CASE WHEN most_doubt = 0 THEN 0 ELSE list_max(list_select(doubts, positions)) END AS doubt,
    CASE WHEN noted THEN nullif(array_to_string(list_distinct(list_select(notes, positions)), ' '), '') END AS note,
    NULL::DOUBLE AS top, NULL::DOUBLE AS bottom
FROM series JOIN recipe USING (kind, cells)
JOIN span ON span.year = series.year AND span.first = recipe.first AND span.last = recipe.last;

-- part: layered
-- One figure a key within each layer.
CREATE OR REPLACE TEMP TABLE contested AS
SELECT made_up, place_id, metric_id FROM (SELECT DISTINCT made_up, place_id, metric_id, method FROM series)
GROUP BY ALL HAVING count(*) > 1;
CREATE OR REPLACE TEMP VIEW layered AS
SELECT * FROM worked ANTI JOIN contested USING (made_up, place_id, metric_id)
UNION ALL
SELECT * FROM worked SEMI JOIN contested USING (made_up, place_id, metric_id)
QUALIFY row_number() OVER (PARTITION BY made_up, place_id, metric_id, period_id, consumer, offering, sector
    ORDER BY preference(made_up, rule, weakness, method, sources)) = 1;

-- part: ratios
-- Rule 1: the ratio of the combined parts, within a layer; the denominator is always that of all consumers and parts.
CREATE OR REPLACE TEMP TABLE divided AS
SELECT over_.made_up, over_.place_id, metric.metric_id, over_.method, over_.period_id,
    over_.consumer, over_.offering, over_.sector, 'ratio' AS rule, over_.value / under.value AS value,
    greatest(over_.weakness, under.weakness) AS weakness,
    list_sort(list_distinct(over_.sources || under.sources)) AS sources, greatest(over_.doubt, under.doubt) AS doubt,
    nullif(concat_ws(' ', over_.note, under.note), '') AS note, over_.value AS top, under.value AS bottom
FROM metric JOIN layered AS over_ ON over_.metric_id = metric.numerator
JOIN layered AS under ON under.metric_id = metric.denominator AND under.made_up = over_.made_up
    AND under.place_id = over_.place_id AND under.period_id = over_.period_id
WHERE metric.kind = 'ratio' AND under.consumer = 'all' AND under.offering = 'all' AND under.sector = 'all'
    AND under.value <> 0;

-- part: meeting
-- Where layers meet, or published ratios meet those worked out.
CREATE OR REPLACE TEMP TABLE meeting AS
SELECT place_id, metric_id FROM (
    SELECT DISTINCT made_up, place_id, metric_id, 'given' AS how FROM series
    UNION ALL SELECT DISTINCT made_up, place_id, metric_id, 'divided' FROM divided)
GROUP BY ALL HAVING count(*) > 1;

-- part: observation
-- One figure a key. A large store is done metric by metric: it is sorted by metric, and small sorts are quick.
INSERT INTO observation
WITH candidate AS (
    FROM layered WHERE list_contains($metrics, metric_id)
    UNION ALL FROM divided WHERE list_contains($metrics, metric_id)),
chosen AS (
    SELECT * FROM candidate ANTI JOIN meeting USING (place_id, metric_id)
    UNION ALL
    SELECT * FROM candidate SEMI JOIN meeting USING (place_id, metric_id)
    QUALIFY row_number() OVER (PARTITION BY place_id, metric_id, period_id, consumer, offering, sector
        ORDER BY preference(made_up, rule, weakness, method, sources)) = 1)
SELECT place_id, metric_id, period_id, consumer, offering, sector, value, metric.unit, $statuses[weakness], method,
    sources[1], CASE WHEN metric.kind <> 'ratio' THEN value ELSE top END, bottom,
    CASE WHEN rule = 'published' THEN 'published' ELSE 'worked_out' END, rule, sources,
    CASE WHEN doubt > 0 THEN $confidences[doubt] END, chosen.note
FROM chosen JOIN metric USING (metric_id)
ORDER BY metric_id, place_id, period_id, consumer, offering, sector;
