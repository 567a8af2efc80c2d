INSERT INTO place VALUES
    ('xining', 'Xining', '西宁市', 'city', 'Qinghai', '青海省', 'west', '1', '630100', 101.78, 36.62, 'high', NULL, 's1'),
    ('beijing', 'Beijing', '北京市', 'municipality', 'Beijing', '北京市', 'east', '2', '110000', 116.41, 39.90, 'high', NULL, 's1'),
    ('haidian-district', 'Haidian District', '海淀区', 'district', 'Beijing', '北京市', 'east', '2', '110108', 116.30, 39.96, 'low', 'a note', 's2'),
    ('shenzhen', 'Shenzhen', '深圳市', 'city', 'Guangdong', '广东省', 'east', '1 or 2', '440300', 114.06, 22.54, 'high', NULL, 's1'),
    ('china', 'China', '全国', 'country', NULL, NULL, NULL, NULL, '100000', NULL, NULL, NULL, NULL, 's1');
INSERT INTO containment VALUES ('haidian-district', 'beijing'), ('beijing', 'china'), ('xining', 'china');
INSERT INTO metric VALUES
    ('gdp', 'GDP', '地区生产总值', 'yuan', 'flow', 'd', '定义', NULL, NULL, NULL, 's1'),
    ('info_consumption', 'Information consumption', '信息消费', 'yuan', 'flow', 'd', '定义', NULL, NULL, NULL, 's1'),
    ('info_consumption_share_of_gdp', 'Share', '占比', 'ratio', 'ratio', 'd', '定义', 'info_consumption', 'gdp', NULL, 's1');
INSERT INTO period VALUES
    ('2013', 'year', 2013, NULL, '2013-01-01', '2013-12-31', '2012'),
    ('2014', 'year', 2014, NULL, '2014-01-01', '2014-12-31', '2013'),
    ('2014Q1', 'quarter', 2014, 1, '2014-01-01', '2014-03-31', '2013Q1'),
    ('2014Q2', 'quarter', 2014, 2, '2014-04-01', '2014-06-30', '2013Q2');
INSERT INTO source (source_id, title, publisher, url, published, title_zh) VALUES ('s1', 'Yearbook', 'Bureau', 'https://example.org/1', '2014-03', '年鉴'), ('s2', '公报', '统计局', NULL, NULL, '公报');
INSERT INTO method VALUES ('narrow', 'Narrow', '窄口径', NULL);
INSERT INTO fact VALUES ('f1', 'A fact.', '事实。', 's1');
INSERT INTO observation
    SELECT place_id, metric_id, period_id, 'all', 'all', 'all', round(ascii(place_id) * year % 97 + len(metric_id) + coalesce(quarter, 9), 2),
           unit, CASE WHEN place_id = 'shenzhen' THEN 'illustrative' ELSE 'reported' END, '', 's1',
           ascii(place_id) + year, len(metric_id) + 1, 'published', NULL, ['s1', 's2'], 'high', NULL,
           CASE WHEN place_id = 'shenzhen' THEN 'illustrative' ELSE 'reported' END
    FROM place CROSS JOIN metric CROSS JOIN period WHERE place_id <> 'china' ORDER BY metric_id, place_id, period_id;
INSERT INTO target VALUES
    ('xining', 'info_consumption', '2014', 80, 'yuan', 'at_least', 's1', 'reported', 'high', NULL, 'reported', 1),
    ('beijing', 'gdp', '2014', 90, 'yuan', 'about', 's2', 'reported', NULL, NULL, 'reported', 1),
    ('shenzhen', 'gdp', '2014', 95, 'yuan', 'about', 'demonstration', 'illustrative', NULL, NULL, 'illustrative', 1);
INSERT INTO project VALUES
    ('p1', 'xining', 'Cloud', '云', 'public_service_cloud', 'government', 'under_way', 100, 40, '2014-01-01', '2015-06-30', 's1', 'reported', 1),
    ('p2', 'beijing', 'Fibre', '光纤', 'infrastructure', 'industry', 'delayed', 300, 310, '2013-01-01', '2014-06-30', 'demonstration', 'illustrative', 1);
INSERT INTO published VALUES (1, 'xining', 'gdp', '2014', 'all', 'all', 'all', 7777, 'yuan', '7777', 'yuan', 'reported', '', 's1', NULL, 'CANARY-published', 'f.csv', 1, 1, NULL, NULL, 'reported');
INSERT INTO load VALUES (1, '2016-02-01', 'CANARY-load', 'build', NULL);
INSERT INTO loaded_file VALUES (1, 'CANARY-file', '', 1, 'observation', 1, 1, 0);
INSERT INTO revision VALUES (1, 'xining', 'gdp', '2014', 'all', 'all', 'all', '', 'CANARY-revision', 7776, 'yuan', '7776', 'yuan', 'reported', 1);
INSERT INTO meta VALUES ('fingerprint', 'CANARY-meta');
