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
)
