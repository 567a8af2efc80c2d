-- The store's tables. The first columns of the contract's tables are the contract's; what follows them is ours.
CREATE TABLE place (
    place_id VARCHAR, name_en VARCHAR, name_zh VARCHAR, admin_type VARCHAR, province_en VARCHAR, province_zh VARCHAR,
    region VARCHAR, batch VARCHAR, adcode VARCHAR, longitude DOUBLE, latitude DOUBLE,
    confidence VARCHAR, note VARCHAR, source_id VARCHAR);
CREATE TABLE containment (place_id VARCHAR, container_id VARCHAR);
CREATE TABLE metric (
    metric_id VARCHAR, label_en VARCHAR, label_zh VARCHAR, unit VARCHAR, kind VARCHAR,
    definition_en VARCHAR, definition_zh VARCHAR,
    numerator VARCHAR, denominator VARCHAR, growth_of VARCHAR, source_id VARCHAR);
CREATE TABLE period (
    period_id VARCHAR, period_type VARCHAR, year INTEGER, quarter INTEGER, start_date DATE, end_date DATE,
    year_before VARCHAR);
-- What its unconfirmed figures are said to be; whether `all` of its figures or `some` are unconfirmed, and who loaded
-- those.
CREATE TABLE source (
    source_id VARCHAR, title VARCHAR, publisher VARCHAR, url VARCHAR, published VARCHAR, title_zh VARCHAR,
    claimed VARCHAR, unconfirmed VARCHAR, uploaded_by VARCHAR);
CREATE TABLE method (method_id VARCHAR, label_en VARCHAR, label_zh VARCHAR, note VARCHAR);
CREATE TABLE fact (fact_id VARCHAR, text_en VARCHAR, text_zh VARCHAR, source_id VARCHAR);
CREATE TABLE published (
    published_id BIGINT, place_id VARCHAR, metric_id VARCHAR, period_id VARCHAR,
    consumer VARCHAR, offering VARCHAR, sector VARCHAR, value DOUBLE, unit VARCHAR,
    value_written VARCHAR, unit_written VARCHAR, status VARCHAR, method VARCHAR, source_id VARCHAR,
    confidence VARCHAR, note VARCHAR, file VARCHAR, line INTEGER, load_id INTEGER, sheet VARCHAR, cell VARCHAR,
    mark VARCHAR);
CREATE TABLE observation (
    place_id VARCHAR, metric_id VARCHAR, period_id VARCHAR, consumer VARCHAR, offering VARCHAR, sector VARCHAR,
    value DOUBLE, unit VARCHAR, status VARCHAR, method VARCHAR, source_id VARCHAR,
    numerator DOUBLE, denominator DOUBLE, origin VARCHAR, rule VARCHAR, sources VARCHAR[],
    confidence VARCHAR, note VARCHAR, mark VARCHAR);
-- Published figures that their published parts do not add up to.
CREATE TABLE unequal (
    place_id VARCHAR, metric_id VARCHAR, consumer VARCHAR, offering VARCHAR, sector VARCHAR, period_id VARCHAR,
    value DOUBLE, added DOUBLE, parts VARCHAR[]);
-- Published figures that count, and what other sources give in their place.
CREATE TABLE disputed (
    place_id VARCHAR, metric_id VARCHAR, period_id VARCHAR, consumer VARCHAR, offering VARCHAR, sector VARCHAR,
    value DOUBLE, source_id VARCHAR, mark VARCHAR, other DOUBLE, other_source VARCHAR, other_mark VARCHAR, why VARCHAR);
CREATE TABLE target (
    place_id VARCHAR, metric_id VARCHAR, period_id VARCHAR, value DOUBLE, unit VARCHAR, comparison VARCHAR,
    source_id VARCHAR, status VARCHAR, confidence VARCHAR, note VARCHAR, mark VARCHAR, load_id INTEGER);
-- Targets that do not count, since another source's counts in their place, and why that does.
CREATE TABLE rival_target (
    place_id VARCHAR, metric_id VARCHAR, period_id VARCHAR, value DOUBLE, unit VARCHAR, comparison VARCHAR,
    source_id VARCHAR, status VARCHAR, confidence VARCHAR, note VARCHAR, mark VARCHAR, load_id INTEGER, why VARCHAR);
CREATE TABLE project (
    project_id VARCHAR, place_id VARCHAR, name_en VARCHAR, name_zh VARCHAR, content_area VARCHAR, level VARCHAR,
    status VARCHAR, budget DOUBLE, spent DOUBLE, start_date DATE, due_date DATE, source_id VARCHAR, mark VARCHAR,
    load_id INTEGER);
-- Every build, load and restore that led here, by the number of the version it made; the files of each; and what a load
-- replaced among the published figures, as it was before.
CREATE TABLE load (load_id INTEGER, loaded_at VARCHAR, who VARCHAR, kind VARCHAR, restored INTEGER);
CREATE TABLE loaded_file (
    load_id INTEGER, file VARCHAR, sha256 VARCHAR, bytes BIGINT, kind VARCHAR,
    rows BIGINT, new BIGINT, revised BIGINT);
CREATE TABLE revision (
    load_id INTEGER, place_id VARCHAR, metric_id VARCHAR, period_id VARCHAR,
    consumer VARCHAR, offering VARCHAR, sector VARCHAR, method VARCHAR, source_id VARCHAR,
    value DOUBLE, unit VARCHAR, value_written VARCHAR, unit_written VARCHAR, status VARCHAR, earlier_load INTEGER);
CREATE TABLE meta (key VARCHAR, value VARCHAR);
-- What counts as published: no estimate, nothing internal, unconfirmed or made up.
CREATE VIEW published_observation AS SELECT * FROM observation WHERE mark IN ('reported', 'preliminary');
CREATE VIEW published_target AS SELECT * FROM target WHERE mark IN ('reported', 'preliminary');
CREATE VIEW published_project AS SELECT * FROM project WHERE mark IN ('reported', 'preliminary');
