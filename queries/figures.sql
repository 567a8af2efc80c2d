-- How every template gets its figures. figures_by_period, a row for each place, period and part, comes from the measure
-- that is asked for (queries/measures). Only the steps and the columns that a question needs are put in front of its
-- SQL. What hangs on the question is written as functions; `query.macros` writes them out:
--   by(r): the columns that tell rows apart beside the place, where the question has several: group, period, part
--   same(a, b): whether two rows are alike in those; asked(r): whether a row is of the parts asked for
--   sources_of(r): statuses, methods and sources of all rows of a group; combined(…): the measure's formula
--   passes(value, bar): the question's comparison; middle(value): mean or median; ranked(value): in the order asked for
-- figures: a row for each place and part over all of $periods; a place that lacks one of them has none.
-- Where one period is asked for it is figures_by_period.
figures as (
  select f.place_id, parts(f), sum(f.numerator) as numerator,
         sum(case when list_contains($denominator_periods, f.period_id) then f.denominator end) as denominator,
         sum(f.base_numerator) as base_numerator,
         sum(case when list_contains($denominator_periods, f.period_id) then f.base_denominator end)
           as base_denominator,
         combined(sum(f.numerator),
                  sum(case when list_contains($denominator_periods, f.period_id) then f.denominator end),
                  sum(f.base_numerator),
                  sum(case when list_contains($denominator_periods, f.period_id) then f.base_denominator end)) as value,
         sources_of(f), flatten(array_agg(f.comparisons)) as comparisons, cast(null as double) as worked_out
  from figures_by_period as f
  group by f.place_id, parts(f)
  having count(*) = $period_count
),
-- labelled: with the group that each place is of; base is figures or, where there are several, figures_by_period.
labelled as (
  select r.place_id, each(r), r.numerator, r.denominator, r.base_numerator, r.base_denominator, r.value, r.statuses,
         r.methods, r.sources, r.comparisons, r.worked_out, group_of(p, 1) as label, group_of(p, 2) as second_label
  from base as r inner join place as p on p.place_id = r.place_id
),
-- sided: of two sets of places; a place may be in both.
sided as (
  select r.place_id, each(r), r.numerator, r.denominator, r.base_numerator, r.base_denominator, r.value, r.statuses,
         r.methods, r.sources, r.comparisons, 'a' as label
  from base as r where list_contains($members, r.place_id)
  union all
  select r.place_id, each(r), r.numerator, r.denominator, r.base_numerator, r.base_denominator, r.value, r.statuses,
         r.methods, r.sources, r.comparisons, 'b' as label
  from base as r where list_contains($other_members, r.place_id)
),
-- paired: of the places that have both periods; what is added up, of those that have it of both.
paired as (
  select r.place_id, each(r), case when o.numerator is not null then r.numerator end as numerator, r.denominator,
         r.base_numerator, r.base_denominator, r.value, r.statuses, r.methods, r.sources, r.comparisons
  from figures_by_period as r
  inner join figures_by_period as o on o.place_id = r.place_id and o.period_id <> r.period_id and alike(o, r)
  where o.value is not null
),
-- kept: rows that may be added up: a place inside another one of the set is part of it already.
kept as (
  select r.place_id, by(r), r.numerator, r.denominator, r.base_numerator, r.base_denominator, r.statuses, r.methods,
         r.sources
  from rows as r
  where r.numerator is not null
    and not exists (
      select 1 from containment as c inner join rows as o on o.place_id = c.container_id
      where c.place_id = r.place_id and o.numerator is not null and same(o, r))
),
kept_by_period as (
  select r.place_id, r.period_id, parts(r), r.numerator, r.denominator, r.base_numerator, r.base_denominator,
         r.statuses, r.methods, r.sources
  from figures_by_period as r
  where r.numerator is not null
    and not exists (
      select 1 from containment as c inner join figures_by_period as o on o.place_id = c.container_id
      where c.place_id = r.place_id and o.numerator is not null and o.period_id = r.period_id and alike(o, r))
),
-- totals and middles: of all places together.
totals as (
  select by(k), combined(sum(k.numerator), sum(k.denominator), sum(k.base_numerator), sum(k.base_denominator)) as value,
         sum(k.numerator) as numerator, sum(k.denominator) as denominator, sum(k.base_numerator) as base_numerator,
         sum(k.base_denominator) as base_denominator, sources_of(k), array_agg(k.place_id) as places
  from kept as k
  group by by(k)
),
middles as (
  select by(r), middle(r.value) as value, count(*) as counted, sources_of(r), array_agg(r.place_id) as places
  from rows as r
  group by by(r)
),
-- judged: each figure with the bar that it is held against, by what that is.
judged_by_number as (
  select r.place_id, by(r), r.value, r.statuses, r.methods, r.sources, r.comparisons, cast($threshold as double) as bar
  from rows as r
),
judged_by_place as (
  select r.place_id, by(r), r.value, list_concat(r.statuses, t.statuses) as statuses,
         list_concat(r.methods, t.methods) as methods, list_concat(r.sources, t.sources) as sources, r.comparisons,
         t.value as bar
  from rows as r inner join figures as t on t.place_id = $than and alike(t, r)
  -- A yes or no of one place shows the figure of the other beside it.
  where case $quantifier when 'is' then list_contains($named, r.place_id)
        else r.place_id <> $than and list_contains($members, r.place_id) end
),
judged_by_set as (
  select r.place_id, by(r), r.value, r.statuses, r.methods, r.sources, r.comparisons, s.value as bar,
         s.statuses as beside_statuses, s.methods as beside_methods, s.sources as beside_sources
  from rows as r inner join (
    select parts(f), middle(f.value) as value, list_distinct(flatten(array_agg(f.statuses))) as statuses,
           list_distinct(flatten(array_agg(f.methods))) as methods,
           list_distinct(flatten(array_agg(f.sources))) as sources
    from figures as f
    where list_contains($bar_members, f.place_id)
    group by parts(f)
  ) as s on alike(s, r)
  -- The set whose mean or median it is may be another one than that which is asked about.
  where s.value is not null
    and case $quantifier when 'is' then list_contains($named, r.place_id) else list_contains($members, r.place_id) end
),
judged_by_own as (
  select r.place_id, by(r), r.value, list_concat(r.statuses, b.statuses) as statuses,
         list_concat(r.methods, b.methods) as methods, list_concat(r.sources, b.sources) as sources, b.comparisons,
         b.value as bar
  from rows as r inner join bar_figures as b on b.place_id = r.place_id and alike(b, r)
),
-- Of an order the bar is the place in it, which equal figures share.
judged_by_order as (
  select r.place_id, by(r), r.value, r.statuses, r.methods, r.sources, r.comparisons,
         cast(rank() over (order by ranked(r.value)) as double) as bar
  from rows as r
  where list_contains($members, r.place_id)
),
-- chosen: the places that the inner question of a nested one gives.
chosen_by_order as (
  select r.place_id, r.statuses, r.methods, r.sources
  from (
    select f.place_id, f.statuses, f.methods, f.sources,
           row_number() over (order by ranked(f.value), f.place_id) as rank
    from figures as f
  ) as r
  where r.rank >= $first and r.rank <= $last
),
chosen_by_bar as (
  select j.place_id, beside(j, statuses), beside(j, methods), beside(j, sources)
  from judged as j
  where passes(j.value, j.bar)
),
-- beside: what the choice of the places rests on.
beside as (
  select array_agg(distinct place_id) as places, list_distinct(flatten(array_agg(statuses))) as statuses,
         list_distinct(flatten(array_agg(methods))) as methods, list_distinct(flatten(array_agg(sources))) as sources
  from chosen
),
-- asked_projects: the projects that are asked for, with the money of the field that is.
asked_projects as (
  select project_id, place_id, name_en, name_zh, content_area, level, status, budget, spent, start_date, due_date,
         source_id, mark, case $field when 'budget' then budget when 'spent' then spent else budget - spent end as money
  from project
  where ($content_area is null or content_area = $content_area) and ($level is null or level = $level)
    and ($project_status is null or status = $project_status or ($project_status = 'unfinished' and status <> 'completed')
         or ($project_status = 'not_delayed' and status <> 'delayed'))
    and ($dated is null or (case $dated when 'start' then start_date else due_date end) between $since and $until)
    and list_contains($members, place_id)
)
