-- Which new figures are improbable: the first part names series that reach far, the others look at their figures.
-- A flow is taken by the month, so that a quarter can be held against a year. `part:` lines cut the text.
-- part: series
CREATE OR REPLACE TEMP MACRO allowed(steps, pace, apart_in_time) AS
    $free + $unsure / (1 + coalesce(steps, 0))
    + greatest(coalesce(pace, 0), $pace) * (1 + abs(apart_in_time) / 24);
CREATE OR REPLACE TEMP VIEW fresh AS
SELECT published_id AS id, hash(place_id, metric_id, consumer, offering, sector) AS series,
    hash(metric_id, consumer, offering, sector) AS kin, place_id, metric_id,
    log10(abs(value) / CASE WHEN kind = 'flow' THEN last - first + 1 ELSE 1 END) AS size,
    24 * year + first + last AS middle, last - first AS length
FROM published JOIN stretch USING (period_id) JOIN metric USING (metric_id)
WHERE value <> 0 AND status <> 'illustrative' AND growth_of IS NULL;
CREATE OR REPLACE TEMP VIEW known AS
SELECT published_id AS id, hash(place_id, metric_id, consumer, offering, sector) AS series,
    hash(metric_id, consumer, offering, sector) AS kin, place_id, metric_id,
    log10(abs(value) / CASE WHEN kind = 'flow' THEN last - first + 1 ELSE 1 END) AS size,
    24 * year + first + last AS middle, last - first AS length
FROM old.published JOIN stretch USING (period_id) JOIN metric USING (metric_id)
WHERE value <> 0 AND status <> 'illustrative' AND growth_of IS NULL;
CREATE OR REPLACE TEMP TABLE reaching AS
WITH given AS (SELECT series, metric_id, min(size) AS low, max(size) AS high FROM fresh GROUP BY ALL),
    stored AS (SELECT series, min(size) AS low, max(size) AS high FROM known SEMI JOIN given USING (series) GROUP BY ALL)
SELECT series, metric_id, stored.series IS NULL AS stranger,
    greatest(given.high, coalesce(stored.high, given.high)) - least(given.low, coalesce(stored.low, given.low))
        > $free + $pace AS far
FROM given LEFT JOIN stored USING (series) WHERE far OR stranger;
-- part: pace
-- How far a metric's figures move within a year: all but the wildest steps of its series, of all places.
CREATE OR REPLACE TEMP TABLE pace AS
WITH step AS (
    SELECT metric_id, abs(size - lag(size) OVER in_time) / (1 + (middle - lag(middle) OVER in_time) / 24) AS rate
    FROM known WHERE metric_id IN (SELECT metric_id FROM reaching UNION ALL SELECT metric_id FROM target)
    WINDOW in_time AS (PARTITION BY series ORDER BY middle, length, id))
SELECT metric_id, count(*) AS steps, quantile_cont(rate, $usual) AS pace FROM step WHERE rate IS NOT NULL GROUP BY 1;
-- part: figures
CREATE OR REPLACE TEMP TABLE odd_figure AS
WITH mine AS MATERIALIZED (SELECT * FROM fresh SEMI JOIN (FROM reaching WHERE far) USING (series)),
    theirs AS MATERIALIZED (
        SELECT * FROM known SEMI JOIN mine USING (series)
        QUALIFY row_number() OVER (PARTITION BY series, middle ORDER BY length, id DESC) = 1),
    beside AS (
        SELECT mine.id, theirs.id AS other, mine.middle - theirs.middle AS gap, mine.size - theirs.size AS apart
        FROM mine ASOF JOIN theirs ON mine.series = theirs.series AND mine.middle >= theirs.middle
        UNION ALL
        SELECT mine.id, theirs.id, theirs.middle - mine.middle, mine.size - theirs.size
        FROM mine ASOF JOIN theirs ON mine.series = theirs.series AND mine.middle <= theirs.middle),
    nearest AS MATERIALIZED (
        SELECT id, arg_min(other, gap) AS other, min(gap) AS gap, arg_min(apart, gap) AS apart FROM beside GROUP BY id),
    siblings AS (
        SELECT id, metric_id, lag(id) OVER in_time AS other, size - lag(size) OVER in_time AS apart,
            middle - lag(middle) OVER in_time AS gap, size - lag(size, 2) OVER in_time AS apart_earlier,
            middle - lag(middle, 2) OVER in_time AS gap_earlier
        FROM mine ANTI JOIN (FROM nearest WHERE gap <= $near) USING (id)
        WINDOW in_time AS (PARTITION BY series ORDER BY middle, length, id)),
    odd AS (
        SELECT id, other, true AS stored, apart FROM nearest JOIN mine USING (id) LEFT JOIN pace USING (metric_id)
        WHERE abs(apart) > allowed(steps, pace, gap)
        UNION ALL
        SELECT id, other, false, apart FROM siblings LEFT JOIN pace USING (metric_id)
        WHERE abs(apart) > allowed(steps, pace, gap) AND NOT coalesce(abs(apart_earlier) <= allowed(steps, pace, gap_earlier), false))
SELECT *, false AS peer FROM odd QUALIFY row_number() OVER (PARTITION BY id ORDER BY stored DESC) = 1;
-- part: peers
-- Series that the store has nothing of, against all other places' figures: those in the store or, where it has none, in
-- the files. Of one's own kind of place where there are some.
INSERT INTO odd_figure
WITH mine AS MATERIALIZED (SELECT * FROM fresh SEMI JOIN (FROM reaching WHERE stranger) USING (series)),
    held AS (
        SELECT kin, place_id, min({'size': size, 'id': id, 'middle': middle}) AS low, max({'size': size, 'id': id, 'middle': middle}) AS high
        FROM known SEMI JOIN mine USING (kin) GROUP BY ALL),
    asking AS (
        SELECT kin, place_id, held_of.kin IS NOT NULL AS stored,
            min({'size': size, 'id': id, 'middle': middle}) FILTER (held_of.kin IS NULL) AS low,
            max({'size': size, 'id': id, 'middle': middle}) FILTER (held_of.kin IS NULL) AS high
        FROM mine LEFT JOIN (SELECT DISTINCT kin FROM held) AS held_of USING (kin) GROUP BY ALL),
    peer AS (
        SELECT one.*, coalesce(admin_type, '') AS sort
        FROM (SELECT *, true AS asks FROM asking UNION ALL BY NAME SELECT *, false AS asks FROM held) AS one
        LEFT JOIN place USING (place_id)),
    span AS (
        SELECT kin, place_id, stored, asks, count(low) OVER alike >= $some AS kind,
            $unlike / CASE WHEN kind THEN count(low) OVER alike ELSE 1 END AS unlike,
            CASE WHEN kind THEN min(low) OVER alike ELSE min(low) OVER every END AS low,
            CASE WHEN kind THEN max(high) OVER alike ELSE max(high) OVER every END AS high
        FROM peer
        WINDOW alike AS (PARTITION BY kin, sort ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                EXCLUDE CURRENT ROW),
            every AS (PARTITION BY kin ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW))
SELECT mine.id, next.id, stored, mine.size - next.size, true
FROM (SELECT mine.*, stored, unlike, CASE WHEN mine.size > high.size THEN high ELSE low END AS next
    FROM mine JOIN span USING (kin, place_id) WHERE asks AND NOT mine.size BETWEEN low.size AND high.size) AS mine
LEFT JOIN pace USING (metric_id)
WHERE abs(mine.size - next.size) > allowed(steps, pace, mine.middle - next.middle) + unlike
    AND mine.id NOT IN (SELECT id FROM odd_figure);
-- part: metrics
SELECT metric_id, metric.unit, count(*) FILTER (apart IS NOT NULL), count(*), median(apart),
    mode(round(apart)) FILTER (NOT peer), list(DISTINCT published.unit_written)
FROM published LEFT JOIN odd_figure ON id = published_id JOIN metric USING (metric_id)
WHERE metric_id IN (SELECT metric_id FROM published JOIN odd_figure ON id = published_id)
GROUP BY metric_id, metric.unit ORDER BY metric_id
-- part: lines
SELECT new.file, new.sheet, new.line, new.cell, new.place_id, new.period_id,
    [part for part in [new.consumer, new.offering, new.sector] if part <> 'all'],
    new.value_written, new.unit_written, apart, peer,
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
    given AS (SELECT series, size, middle, id, true AS stored FROM known
        UNION ALL SELECT series, size, middle, id, false FROM fresh),
    held AS (
        SELECT mine.*, arg_min(given, abs(given.middle - mine.middle)) AS nearest
        FROM mine JOIN given USING (series) GROUP BY ALL)
SELECT held.metric_id, base, held.place_id, held.period_id, held.value, held.size - nearest.size,
    other.period_id, other.value_written, other.unit_written, other.source_id
FROM held JOIN (SELECT true AS stored, * FROM old.published UNION ALL SELECT false, * FROM published) AS other
    ON other.published_id = nearest.id AND other.stored = nearest.stored
LEFT JOIN pace ON pace.metric_id = held.metric_id
WHERE abs(held.size - nearest.size) > allowed(steps, pace, held.middle - nearest.middle)
ORDER BY held.metric_id, held.place_id, held.period_id
