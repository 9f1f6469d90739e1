-- How many deals stand in each stage and what they come to: kept, not counted. Each statement that changes deals adds rows, and changes none:
-- two moves never wait for each other here. Both tables together are what there is.
create table crm.stage_total (
  organization_id uuid    not null default platform.current_organization(),
  stage           text    not null,
  -- '': deals without an amount.
  currency        text    not null,
  deals           bigint  not null,
  amount_minor    numeric not null,
  primary key (organization_id, stage, currency)
);
select platform.protect_tenant_table('crm.stage_total');

create table crm.stage_delta (
  organization_id uuid    not null default platform.current_organization(),
  id              bigint  not null generated always as identity,
  stage           text    not null,
  currency        text    not null,
  deals           bigint  not null,
  amount_minor    numeric not null,
  primary key (organization_id, id)
);
select platform.protect_tenant_table('crm.stage_delta');
-- Short of life, as a queue: clean by dead rows alone.
alter table crm.stage_delta set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- Once in so many rows whoever comes by folds what is committed; whoever comes meanwhile does not wait.
create function crm.fold_stage_delta() returns trigger language plpgsql set search_path = crm, pg_temp as $$
begin
  if not exists (select from given where id % 256 = 0) then return null; end if;
  if not pg_try_advisory_xact_lock(hashtextextended('crm.stage_total:' || (select organization_id from given limit 1), 0)) then return null; end if;
  with folded as (
    delete from stage_delta where organization_id = (select organization_id from given limit 1) returning organization_id, stage, currency, deals, amount_minor
  )
  insert into stage_total as kept (organization_id, stage, currency, deals, amount_minor)
  select organization_id, stage, currency, sum(deals), sum(amount_minor) from folded group by organization_id, stage, currency
  on conflict (organization_id, stage, currency) do update
     set deals = kept.deals + excluded.deals, amount_minor = kept.amount_minor + excluded.amount_minor;
  return null;
end $$;
create trigger fold_stage_delta after insert on crm.stage_delta referencing new table as given
  for each statement execute function crm.fold_stage_delta();

create function crm.keep_total_of_new() returns trigger language plpgsql set search_path = crm, pg_temp as $$
begin
  insert into stage_delta (organization_id, stage, currency, deals, amount_minor)
  select organization_id, stage, coalesce(currency, ''), count(*), coalesce(sum(amount_minor), 0) from now_there where deleted_at is null
   group by organization_id, stage, coalesce(currency, '');
  return null;
end $$;
create function crm.keep_total_of_gone() returns trigger language plpgsql set search_path = crm, pg_temp as $$
begin
  insert into stage_delta (organization_id, stage, currency, deals, amount_minor)
  select organization_id, stage, coalesce(currency, ''), -count(*), -coalesce(sum(amount_minor), 0) from was_there where deleted_at is null
   group by organization_id, stage, coalesce(currency, '');
  return null;
end $$;
create function crm.keep_total() returns trigger language plpgsql set search_path = crm, pg_temp as $$
begin
  insert into stage_delta (organization_id, stage, currency, deals, amount_minor)
  select organization_id, stage, currency, sum(deals), sum(amount_minor) from (
    select organization_id, stage, coalesce(currency, '') as currency, -1 as deals, -coalesce(amount_minor, 0) as amount_minor from was_there where deleted_at is null
    union all
    select organization_id, stage, coalesce(currency, ''), 1, coalesce(amount_minor, 0) from now_there where deleted_at is null
  ) as changed
   group by organization_id, stage, currency having sum(deals) <> 0 or sum(amount_minor) <> 0;
  return null;
end $$;
create trigger keep_total_of_new after insert on crm.deal referencing new table as now_there for each statement execute function crm.keep_total_of_new();
create trigger keep_total_of_gone after delete on crm.deal referencing old table as was_there for each statement execute function crm.keep_total_of_gone();
create trigger keep_total after update on crm.deal referencing old table as was_there new table as now_there
  for each statement execute function crm.keep_total();

-- What there is already, of all tenants: as the owner of the tables for this once (0241_contact_address_open.sql). Since when a deal stands
-- where it stands, the log knows.
alter table crm.deal no force row level security;
alter table crm.event no force row level security;
alter table crm.stage_total no force row level security;
alter table crm.stage no force row level security;
insert into crm.stage select first.* from (select distinct organization_id from crm.deal) as known cross join lateral crm.first_stages(known.organization_id) as first;
insert into crm.stage_total (organization_id, stage, currency, deals, amount_minor)
select organization_id, stage, coalesce(currency, ''), count(*), coalesce(sum(amount_minor), 0) from crm.deal where deleted_at is null
 group by organization_id, stage, coalesce(currency, '');
update crm.deal set stage_entered_at = moved.at
  from (select organization_id, aggregate_id, max(occurred_at) as at from crm.event
         where type in ('deal.created', 'deal.stage.changed', 'deal.restored') group by organization_id, aggregate_id) as moved
 where deal.organization_id = moved.organization_id and deal.id = moved.aggregate_id;
alter table crm.deal force row level security;
alter table crm.event force row level security;
alter table crm.stage_total force row level security;
alter table crm.stage force row level security;
