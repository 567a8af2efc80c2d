-- Which new figures are improbable: the first part names series that leap, the second the figures of those series.
-- A flow is taken by the month, so that a quarter can be held against a year. `part:` lines cut the text.
-- part: series
CREATE OR REPLACE TEMP VIEW fresh AS
SELECT published_id AS id, hash(place_id, metric_id, consumer, offering, sector) AS series, metric.unit = 'ratio' AS ratio,
    log10(abs(value) / CASE WHEN kind = 'flow' THEN last - first + 1 ELSE 1 END) AS size,
    24 * year + first + last AS middle, last - first AS length, value
FROM published JOIN stretch USING (period_id) JOIN metric USING (metric_id)
WHERE value <> 0 AND status <> 'illustrative' AND growth_of IS NULL;
CREATE OR REPLACE TEMP VIEW known AS
SELECT published_id AS id, hash(place_id, metric_id, consumer, offering, sector) AS series, metric.unit = 'ratio' AS ratio,
    log10(abs(value) / CASE WHEN kind = 'flow' THEN last - first + 1 ELSE 1 END) AS size,
    24 * year + first + last AS middle, last - first AS length, value
FROM old.published JOIN stretch USING (period_id) JOIN metric USING (metric_id)
WHERE value <> 0 AND status <> 'illustrative' AND growth_of IS NULL;
CREATE OR REPLACE TEMP TABLE leaping AS
WITH given AS (SELECT series, min(size) AS low, max(size) AS high, bool_or(ratio) AS ratio FROM fresh GROUP BY series),
    stored AS (SELECT series, min(size) AS low, max(size) AS high FROM known SEMI JOIN given USING (series) GROUP BY series)
SELECT series FROM given LEFT JOIN stored USING (series)
WHERE greatest(given.high, coalesce(stored.high, given.high)) - least(given.low, coalesce(stored.low, given.low))
    >= CASE WHEN ratio THEN 1.6 ELSE 2.6 END
LIMIT 20000;
-- part: figures
CREATE OR REPLACE TEMP TABLE odd_figure AS
WITH mine AS MATERIALIZED (SELECT * FROM fresh SEMI JOIN leaping USING (series)),
    theirs AS MATERIALIZED (SELECT * FROM known SEMI JOIN leaping USING (series)),
    nearest AS (
        SELECT mine.id, arg_min(theirs.id, 2 * abs(theirs.middle - mine.middle) + (theirs.length <> mine.length)::INTEGER) AS other
        FROM mine JOIN theirs ON theirs.series = mine.series AND abs(theirs.middle - mine.middle) <= 240 GROUP BY mine.id),
    siblings AS (
        SELECT *, lag(id) OVER in_time AS other, lag(size) OVER in_time AS size_before,
            lag(size, 2) OVER in_time AS size_earlier, lag(value) OVER in_time AS value_before
        FROM mine ANTI JOIN nearest USING (id) WINDOW in_time AS (PARTITION BY series ORDER BY middle, length, id))
SELECT mine.id, other, true AS stored, mine.size - theirs.size AS apart
FROM nearest JOIN mine USING (id) JOIN theirs ON theirs.id = other
WHERE leaps(mine.size - theirs.size, mine.ratio, greatest(abs(mine.value), abs(theirs.value)))
UNION ALL
SELECT id, other, false, size - size_before FROM siblings
WHERE leaps(size - size_before, ratio, greatest(abs(value), abs(value_before)))
    AND NOT coalesce(abs(size - size_earlier) < 1, false);
-- part: metrics
SELECT metric_id, metric.unit, count(*) FILTER (apart IS NOT NULL), count(*),
    mode(round(apart)) FILTER (apart IS NOT NULL), list(DISTINCT published.unit_written)
FROM published LEFT JOIN odd_figure ON id = published_id JOIN metric USING (metric_id)
WHERE metric_id IN (SELECT metric_id FROM published JOIN odd_figure ON id = published_id)
GROUP BY metric_id, metric.unit ORDER BY metric_id
-- part: lines
SELECT new.file, new.sheet, new.line, new.cell, new.place_id, new.period_id,
    [part for part in [new.consumer, new.offering, new.sector] if part <> 'all'],
    new.value_written, new.unit_written, apart,
    other.place_id, other.period_id, other.value_written, other.unit_written, other.stored, other.source_id,
    concat_ws(', ', other.file, 'sheet ' || other.sheet, coalesce(other.cell, 'row ' || other.line))
FROM odd_figure JOIN published AS new ON new.published_id = id
JOIN (SELECT true AS stored, * FROM old.published UNION ALL SELECT false, * FROM published) AS other
    ON other.published_id = odd_figure.other AND other.stored = odd_figure.stored
WHERE new.metric_id = $metric ORDER BY new.file, new.sheet, new.line, new.cell LIMIT $most
-- part: targets
WITH mine AS (
        SELECT target.*, hash(place_id, metric_id, 'all', 'all', 'all') AS series, metric.unit AS base,
            log10(abs(target.value) / CASE WHEN kind = 'flow' THEN last - first + 1 ELSE 1 END) AS size,
            24 * year + first + last AS middle
        FROM target ANTI JOIN old.target AS earlier USING (place_id, metric_id, period_id, comparison, source_id, value)
        JOIN stretch USING (period_id) JOIN metric USING (metric_id)
        WHERE target.value <> 0 AND target.status <> 'illustrative' AND growth_of IS NULL),
    given AS (SELECT series, size, middle, value, id, true AS stored FROM known
        UNION ALL SELECT series, size, middle, value, id, false FROM fresh),
    held AS (
        SELECT mine.*, arg_min(given, abs(given.middle - mine.middle)) AS nearest
        FROM mine JOIN given USING (series) WHERE abs(given.middle - mine.middle) <= 240 GROUP BY ALL)
SELECT held.metric_id, base, held.place_id, held.period_id, held.value, held.size - nearest.size,
    other.period_id, other.value_written, other.unit_written, other.source_id
FROM held JOIN (SELECT true AS stored, * FROM old.published UNION ALL SELECT false, * FROM published) AS other
    ON other.published_id = nearest.id AND other.stored = nearest.stored
WHERE leaps(held.size - nearest.size, base = 'ratio', greatest(abs(held.value), abs(nearest.value)))
ORDER BY held.metric_id, held.place_id, held.period_id
