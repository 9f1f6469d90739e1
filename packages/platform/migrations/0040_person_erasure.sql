-- People who were erased here. Both tables hold ids and numbers, nothing that tells who somebody was; they stay.

-- What this service has done for an erasure so far, and when it was done with it.
create table person_erasure_part (
  organization_id uuid        not null default platform.current_organization(),
  erasure_id      uuid        not null,
  -- Rows by table.
  erased          jsonb       not null default '{}',
  began_at        timestamptz not null default now(),
  finished_at     timestamptz,
  primary key (organization_id, erasure_id)
);
select platform.protect_tenant_table('person_erasure_part');

-- Records, conversations and whatever else was theirs alone. What comes late about them is forgotten (claim_events), and what the log has about
-- them may be emptied.
create table erased_aggregate (
  organization_id uuid not null default platform.current_organization(),
  id              uuid not null,
  erasure_id      uuid not null,
  primary key (organization_id, id)
);
select platform.protect_tenant_table('erased_aggregate');
select platform.make_append_only('erased_aggregate');
create index erased_aggregate_of on erased_aggregate (organization_id, erasure_id);

-- The log stays written once, but for one change: the data of an event about what was erased may become empty. No role can make the mark and
-- take it away again.
create function refuse_change_of_event() returns trigger language plpgsql as $$
declare
  is_erased boolean;
begin
  if tg_op = 'UPDATE' and new.data = '{}'::jsonb
     and (to_jsonb(new) - 'data') = (to_jsonb(old) - 'data') then
    execute format('select exists (select from %I.erased_aggregate where organization_id = $1 and id = $2)', tg_table_schema)
      into is_erased using old.organization_id, old.aggregate_id;
    if is_erased then
      return new;
    end if;
  end if;
  raise exception 'event is append-only' using errcode = 'insufficient_privilege';
end $$;

do $$
declare
  app text := platform.service_of('event') || '_app';
begin
  -- It goes with its whole organisation alone, as events do.
  execute format('grant delete on erased_aggregate to %I', app);
  execute format('grant update (data) on event to %I', app);
end $$;

drop trigger append_only on event;
create trigger append_only before delete on event for each row execute function platform.refuse_change();
create trigger append_only_update before update on event for each row execute function refuse_change_of_event();

-- The same claim, which also forgets (AC002) what comes late about whatever was erased here.
create or replace function claim_events(consumers text[], event_ids uuid[], aggregate_ids uuid[]) returns void language plpgsql as $$
begin
  if exists (select from erased_organization) or exists (select from erased_aggregate where id = any(aggregate_ids)) then
    raise exception 'What this is about is erased here.' using errcode = 'AC002';
  end if;
  insert into inbox (consumer, event_id) select * from unnest(consumers, event_ids);
  if exists (select from parked_event p join unnest(consumers, aggregate_ids) as line (consumer, aggregate_id) using (consumer, aggregate_id)
              where p.status <> 'dead') then
    raise exception 'Earlier events of this line are parked.' using errcode = 'AC001';
  end if;
end
$$;
