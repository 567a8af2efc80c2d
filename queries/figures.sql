-- How every template gets its figures. `cell` comes from the measure that is asked for (queries/measures).
-- figures_by_period: a row for each place, period and part.
figures_by_period as (
  select place_id, period_id, consumer, offering, sector, numerator, denominator, base_numerator, base_denominator,
         coalesce(stated, combined(numerator, denominator, base_numerator, base_denominator)) as value,
         case when stated is not null then combined(numerator, denominator, base_numerator, base_denominator)
         end as worked_out,
         statuses, methods, sources, comparisons
  from cell
  where stated is not null or numerator is not null
),
-- figures_of_one: what `figures` is where one period is asked for.
figures_of_one as (
  select place_id, consumer, offering, sector, numerator, denominator, base_numerator, base_denominator, value,
         statuses, methods, sources, comparisons, worked_out
  from figures_by_period
),
-- figures: a row for each place and part over all of $periods; a place that lacks one of them has none.
figures as (
  select place_id, consumer, offering, sector,
         sum(numerator) as numerator,
         sum(case when list_contains($denominator_periods, period_id) then denominator end) as denominator,
         sum(base_numerator) as base_numerator,
         sum(case when list_contains($denominator_periods, period_id) then base_denominator end) as base_denominator,
         combined(sum(numerator),
                  sum(case when list_contains($denominator_periods, period_id) then denominator end),
                  sum(base_numerator),
                  sum(case when list_contains($denominator_periods, period_id) then base_denominator end)) as value,
         flatten(array_agg(statuses)) as statuses, flatten(array_agg(methods)) as methods,
         flatten(array_agg(sources)) as sources, flatten(array_agg(comparisons)) as comparisons,
         cast(null as double) as worked_out
  from figures_by_period
  group by place_id, consumer, offering, sector
  having count(*) = $period_count
),
-- kept: figures that may be added up: a place inside another one of the set is part of it already.
kept as (
  select f.place_id, f.consumer, f.offering, f.sector, f.numerator, f.denominator, f.base_numerator,
         f.base_denominator, f.statuses, f.methods, f.sources
  from figures as f
  where f.numerator is not null
    and not exists (
      select 1 from containment as c inner join figures as o on o.place_id = c.container_id
      where c.place_id = f.place_id and o.numerator is not null
        and o.consumer = f.consumer and o.offering = f.offering and o.sector = f.sector)
),
kept_by_period as (
  select f.place_id, f.period_id, f.consumer, f.offering, f.sector, f.numerator, f.denominator, f.base_numerator,
         f.base_denominator, f.statuses, f.methods, f.sources
  from figures_by_period as f
  where f.numerator is not null
    and not exists (
      select 1 from containment as c inner join figures_by_period as o on o.place_id = c.container_id
      where c.place_id = f.place_id and o.numerator is not null and o.period_id = f.period_id
        and o.consumer = f.consumer and o.offering = f.offering and o.sector = f.sector)
),
-- labelled: figures with the group that each place is of by $over.
labelled as (
  select f.place_id, f.consumer, f.offering, f.sector, f.numerator, f.denominator, f.base_numerator,
         f.base_denominator, f.value, f.statuses, f.methods, f.sources, f.comparisons,
         case $over when 'province' then p.province_en when 'region' then p.region when 'batch' then p.batch
         else p.admin_type end as label
  from figures as f inner join place as p on p.place_id = f.place_id
),
-- judged: each figure with the bar that it is held against, by what that is: `passes(value, bar)` is the comparison.
judged_by_number as (
  select place_id, consumer, offering, sector, value, statuses, methods, sources, comparisons,
         cast($threshold as double) as bar,
         cast([] as varchar[]) as beside_statuses, cast([] as varchar[]) as beside_methods,
         cast([] as varchar[]) as beside_sources
  from figures
),
judged_by_place as (
  select f.place_id, f.consumer, f.offering, f.sector, f.value, list_concat(f.statuses, t.statuses) as statuses,
         list_concat(f.methods, t.methods) as methods, list_concat(f.sources, t.sources) as sources, f.comparisons,
         t.value as bar, cast([] as varchar[]) as beside_statuses, cast([] as varchar[]) as beside_methods,
         cast([] as varchar[]) as beside_sources
  from figures as f inner join figures as t
    on t.place_id = $than and t.consumer = f.consumer and t.offering = f.offering and t.sector = f.sector
  where f.place_id <> $than and list_contains($members, f.place_id)
),
judged_by_set as (
  select f.place_id, f.consumer, f.offering, f.sector, f.value, f.statuses, f.methods, f.sources, f.comparisons,
         s.value as bar, s.statuses as beside_statuses, s.methods as beside_methods, s.sources as beside_sources
  from figures as f inner join (
    select consumer, offering, sector, middle(value) as value,
           list_distinct(flatten(array_agg(statuses))) as statuses,
           list_distinct(flatten(array_agg(methods))) as methods, list_distinct(flatten(array_agg(sources))) as sources
    from figures
    where list_contains($members, place_id)
    group by consumer, offering, sector
  ) as s on s.consumer = f.consumer and s.offering = f.offering and s.sector = f.sector
),
judged_by_own as (
  select f.place_id, f.consumer, f.offering, f.sector, f.value, list_concat(f.statuses, b.statuses) as statuses,
         list_concat(f.methods, b.methods) as methods, list_concat(f.sources, b.sources) as sources, b.comparisons,
         b.value as bar, cast([] as varchar[]) as beside_statuses, cast([] as varchar[]) as beside_methods,
         cast([] as varchar[]) as beside_sources
  from figures as f inner join bar_figures as b
    on b.place_id = f.place_id and b.consumer = f.consumer and b.offering = f.offering and b.sector = f.sector
),
-- Of an order the bar is the place in it, which equal figures share.
judged_by_order as (
  select place_id, consumer, offering, sector, value, statuses, methods, sources, comparisons,
         cast(rank() over (order by case when $order = 'asc' then value else -value end) as double) as bar,
         cast([] as varchar[]) as beside_statuses, cast([] as varchar[]) as beside_methods,
         cast([] as varchar[]) as beside_sources
  from figures
  where list_contains($members, place_id)
),
-- chosen: the places that the inner question of a nested one gives.
chosen_by_order as (
  select place_id, statuses, methods, sources
  from (
    select place_id, statuses, methods, sources,
           row_number() over (order by case when $order = 'asc' then value else -value end, place_id) as rank
    from figures
  ) as ranked
  where rank >= $first and rank <= $last
),
chosen_by_bar as (
  select place_id, list_concat(statuses, beside_statuses) as statuses, list_concat(methods, beside_methods) as methods,
         list_concat(sources, beside_sources) as sources
  from judged
  where passes(value, bar)
),
-- beside: what the choice of the places rests on.
beside as (
  select array_agg(distinct place_id) as places, list_distinct(flatten(array_agg(statuses))) as statuses,
         list_distinct(flatten(array_agg(methods))) as methods, list_distinct(flatten(array_agg(sources))) as sources
  from chosen
)
