-- From `published` to `observation`; run part by part by complete.py, which names the parts and what stands between them.

-- part: sources
-- Of two sources the one that was published last counts, then the one that was loaded last. What is only named differently
-- comes in the order of names, so that it is always the same one; `disputed` tells of all three.
CREATE OR REPLACE TEMP TABLE source_order AS
SELECT source_id, load_id,
    row_number() OVER (ORDER BY source.published DESC NULLS LAST, load_id DESC, source_id)::INTEGER AS newness
FROM (SELECT DISTINCT source_id, load_id FROM published) LEFT JOIN source USING (source_id);
SET VARIABLE source_ids = (SELECT list(source_id ORDER BY newness) FROM source_order);
-- Marks stand by standing, then by status, four to a standing: of several figures the weakest of either counts.
CREATE OR REPLACE TEMP MACRO weakest_of(marks) AS
    ((list_max(marks) - 1) // 4 * 4 + list_max(list_transform(marks, lambda mark: (mark - 1) % 4)) + 1)::TINYINT;
CREATE OR REPLACE TEMP MACRO standing(weakness) AS ((weakness - 1) // 4)::TINYINT;
-- One sortable row of what speaks for a figure, best first.
CREATE OR REPLACE TEMP MACRO preference(made_up, reach, rule, weakness, method, newness) AS
    (made_up, standing(weakness), reach, rule <> 'published', weakness, method <> '', newness, method);

-- part: series
-- One row a series (never across layers, methods or years), its figures in the order of their cells. The struct's
-- fields are in the order of preference: of one figure given twice by different sources the first counts. `rank` is
-- cell, weakness and newness in one number: sorting by three fields takes half as long again. Where the figures of a
-- series stand unlike, what the better ones give alone is worked out beside what all give: `reach` is the weakest
-- standing among them.
CREATE OR REPLACE TEMP TABLE gathered AS
WITH figure AS (
    SELECT status = 'illustrative' AS made_up, place_id, metric_id, method, year,
        standing(list_position($marks, mark)) AS stands, {
        'rank': (((((list_position($consumers, consumer) - 1) * 3 + list_position($offerings, offering) - 1) * 7
            + list_position($sectors, sector) - 1) * 169 + span.first * 13 + span.last)::BIGINT << 40)
            | (list_position($marks, mark)::BIGINT << 36) | coalesce(newness, 2147483647),
        'id': published_id, 'value': value,
        'doubt': coalesce(list_position($confidences, published.confidence), 0)::TINYINT, 'note': published.note} AS it
    FROM published JOIN span USING (period_id)
    LEFT JOIN source_order ON source_order.source_id = published.source_id
        AND source_order.load_id IS NOT DISTINCT FROM published.load_id
    WHERE list_contains(getvariable('metrics'), metric_id)),
together AS (
    SELECT made_up, place_id, metric_id, method, year, list_sort(list(it)) AS its, min(stands) AS best,
        max(stands) AS worst FROM figure GROUP BY ALL),
single AS (
    SELECT * REPLACE (list_filter(its, lambda one, n: n = 1 OR (its[n - 1].rank >> 40) <> (one.rank >> 40)) AS its)
    FROM together),
stood AS (
    SELECT * EXCLUDE (worst), CASE WHEN best = worst THEN best
        ELSE list_max(list_transform(its, lambda one: standing((one.rank >> 36) & 15))) END AS reach FROM single),
reaching AS (
    SELECT * EXCLUDE (best) FROM stood
    UNION ALL BY NAME
    SELECT * EXCLUDE (best) REPLACE (
        list_filter(its, lambda one: standing((one.rank >> 36) & 15) <= nearer) AS its, nearer::TINYINT AS reach)
    FROM stood JOIN range(2) AS better(nearer) ON nearer >= best AND nearer < reach)
SELECT reaching.* EXCLUDE (its), kind, list_transform(its, lambda one: (one.rank >> 40)::INTEGER) AS cells,
    list_transform(its, lambda one: one.value) AS amounts,
    list_transform(its, lambda one: (one.rank & 4294967295)::INTEGER) AS sources,
    list_transform(its, lambda one: ((one.rank >> 36) & 15)::TINYINT) AS weaknesses,
    list_transform(its, lambda one: one.doubt) AS doubts, list_transform(its, lambda one: one.note) AS notes
FROM reaching JOIN metric USING (metric_id);
-- Series of one place, metric and year: `alone` has no other beside it, `unmixed` none in its own layer. They stand in
-- the order of the store, which what is worked out keeps: sorting these is much less than sorting that.
CREATE OR REPLACE TEMP TABLE shape AS
SELECT row_number() OVER () AS shape, kind, cells FROM (SELECT DISTINCT kind, cells FROM gathered);
CREATE OR REPLACE TEMP TABLE crowd AS
SELECT place_id, metric_id, year, count(*) FILTER (made_up) AS made_up, count(*) FILTER (NOT made_up) AS given
FROM gathered GROUP BY ALL HAVING count(*) > 1;
CREATE OR REPLACE TEMP TABLE series AS
SELECT gathered.* EXCLUDE (kind, cells), shape, crowd.given IS NULL AS alone,
    crowd.given IS NULL OR CASE WHEN gathered.made_up THEN crowd.made_up ELSE crowd.given END = 1 AS unmixed,
    list_min(sources) = list_max(sources) AS one_source, list_min(weaknesses) AS strongest,
    list_max(weaknesses) AS weakest, list_max(doubts) AS most_doubt, list_max(notes) IS NOT NULL AS noted
FROM gathered JOIN shape USING (kind, cells) LEFT JOIN crowd USING (place_id, metric_id, year)
ORDER BY metric_id, place_id, year;
DROP TABLE gathered;
DROP TABLE crowd;

-- part: worked
-- Every recipe of a series' shape applied to its figures: one figure a key within each layer.
CREATE OR REPLACE TEMP TABLE dated AS
SELECT recipe.* EXCLUDE (first, last), span.year, span.period_id
FROM recipe JOIN span ON span.first = recipe.first AND span.last = recipe.last
SEMI JOIN series ON series.shape = recipe.shape AND series.year = span.year;
CREATE OR REPLACE TEMP VIEW worked AS
SELECT made_up, reach, alone, unmixed, place_id, metric_id, method, period_id, consumer, offering, sector, rule,
    CASE WHEN len(positions) = 1 THEN amounts[positions[1]]
        ELSE clean(round(list_dot_product(list_select(amounts, positions), signs), 4)) END AS value,
    CASE WHEN strongest = weakest THEN weakest ELSE weakest_of(list_select(weaknesses, positions)) END AS weakness,
    CASE WHEN one_source THEN [getvariable('source_ids')[series.sources[1]]]
        ELSE list_sort(list_distinct(list_transform(list_select(series.sources, positions),
            lambda source: getvariable('source_ids')[source]))) END AS sources,
    CASE WHEN one_source THEN series.sources[1] ELSE list_min(list_select(series.sources, positions)) END AS newness,
    CASE WHEN most_doubt = 0 THEN 0 ELSE list_max(list_select(doubts, positions)) END AS doubt,
    CASE WHEN noted THEN nullif(array_to_string(list_distinct(list_select(notes, positions)), ' '), '') END AS note,
    NULL::DOUBLE AS top, NULL::DOUBLE AS bottom
FROM series JOIN dated USING (shape, year);
CREATE OR REPLACE TEMP VIEW layered AS
SELECT * FROM worked WHERE unmixed
UNION ALL
SELECT * FROM worked WHERE NOT unmixed
QUALIFY row_number() OVER (PARTITION BY made_up, place_id, metric_id, period_id, consumer, offering, sector
    ORDER BY preference(made_up, reach, rule, weakness, method, newness)) = 1;
CREATE OR REPLACE TEMP VIEW candidate AS SELECT *, false AS mixed FROM layered;

-- part: part
CREATE OR REPLACE TEMP TABLE part (
    made_up BOOLEAN, place_id VARCHAR, metric_id VARCHAR, method VARCHAR, period_id VARCHAR,
    consumer VARCHAR, offering VARCHAR, sector VARCHAR, value DOUBLE, weakness TINYINT, sources VARCHAR[],
    newness INTEGER, doubt TINYINT, note VARCHAR);

-- part: kept
-- What ratios are made of.
INSERT INTO part BY NAME
SELECT * EXCLUDE (reach, alone, unmixed, rule, top, bottom) FROM layered
WHERE metric_id IN (SELECT numerator FROM metric UNION ALL SELECT denominator FROM metric);

-- part: ratios
-- Rule 1: the ratio of the combined parts; the denominator is always that of all consumers and parts. It is of the
-- numerator's layer where that has one, else of the other: then the ratio is made up, whichever of the two is.
CREATE OR REPLACE TEMP VIEW whole AS
SELECT * FROM part WHERE consumer = 'all' AND offering = 'all' AND sector = 'all' AND value <> 0;
CREATE OR REPLACE TEMP VIEW under AS
SELECT made_up AS over_made_up, * FROM whole
UNION ALL
SELECT NOT one.made_up, one.* FROM whole AS one ANTI JOIN whole AS other ON other.made_up <> one.made_up
    AND other.place_id = one.place_id AND other.metric_id = one.metric_id AND other.period_id = one.period_id
WHERE (SELECT count(DISTINCT made_up) FROM part) > 1;
CREATE OR REPLACE TEMP TABLE divided AS
SELECT over_.made_up OR under.made_up AS made_up, 0::TINYINT AS reach, over_.place_id, metric.metric_id, over_.method, over_.period_id,
    over_.consumer, over_.offering, over_.sector, 'ratio' AS rule, over_.value / under.value AS value,
    weakest_of([over_.weakness, under.weakness]) AS weakness,
    list_sort(list_distinct(over_.sources || under.sources)) AS sources,
    least(over_.newness, under.newness) AS newness, greatest(over_.doubt, under.doubt) AS doubt,
    nullif(concat_ws(' ', over_.note, under.note), '') AS note, over_.value AS top, under.value AS bottom,
    over_.made_up <> under.made_up AS mixed
FROM metric JOIN part AS over_ ON over_.metric_id = metric.numerator
JOIN under ON under.metric_id = metric.denominator AND under.over_made_up = over_.made_up
    AND under.place_id = over_.place_id AND under.period_id = over_.period_id
WHERE list_contains(getvariable('metrics'), metric.metric_id);
-- A ratio of made-up figures gives way as they do: where the ratio itself was published in the year.
DELETE FROM divided USING span WHERE span.period_id = divided.period_id AND list_contains(divided.sources, $demonstration)
    AND EXISTS (FROM series WHERE NOT series.made_up AND series.place_id = divided.place_id
        AND series.metric_id = divided.metric_id AND series.year = span.year);
-- Where layers meet, or published ratios meet those worked out.
CREATE OR REPLACE TEMP TABLE meeting AS
SELECT place_id, metric_id, true AS meets FROM (
    SELECT DISTINCT made_up, place_id, metric_id, 'given' AS how FROM series
    UNION ALL SELECT DISTINCT made_up, place_id, metric_id, CASE WHEN mixed THEN 'mixed' ELSE 'divided' END FROM divided)
GROUP BY ALL HAVING count(*) > 1;
CREATE OR REPLACE TEMP VIEW candidate AS
SELECT * EXCLUDE (meets), meets IS NULL AS alone
FROM (SELECT * EXCLUDE (alone, unmixed), false AS mixed FROM layered UNION ALL SELECT * FROM divided)
LEFT JOIN meeting USING (place_id, metric_id);

-- part: observation
-- One figure a key: where layers meet the preferred one.
INSERT INTO observation
WITH chosen AS (
    SELECT * FROM candidate WHERE alone
    UNION ALL
    SELECT * FROM candidate WHERE NOT alone
    QUALIFY row_number() OVER (PARTITION BY place_id, metric_id, period_id, consumer, offering, sector
        ORDER BY mixed, preference(made_up, reach, rule, weakness, method, newness)) = 1)
SELECT place_id, metric_id, period_id, consumer, offering, sector, value, metric.unit, $statuses[(weakness - 1) % 4 + 1], method,
    sources[1], CASE WHEN metric.kind <> 'ratio' THEN value ELSE top END, bottom,
    CASE WHEN rule = 'published' THEN 'published' ELSE 'worked_out' END, rule, sources,
    CASE WHEN doubt > 0 THEN $confidences[doubt] END, chosen.note, $marks[weakness]
FROM chosen JOIN metric USING (metric_id);

