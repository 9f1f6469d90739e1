-- The event log of a service and the pointers of what the relay has not published yet.
-- Run once per service with search_path set to its schema (as 0002 … of this folder).

-- Everything that happened, for ever: written in the transaction that changed the state, never changed.
create table event (
  organization_id   uuid        not null default platform.current_organization(),
  id                uuid        not null,
  type              text        not null check (length(type) between 1 and 100),
  version           integer     not null check (version > 0),
  aggregate_type    text        not null check (length(aggregate_type) between 1 and 60),
  aggregate_id      uuid        not null,
  aggregate_version integer     not null check (aggregate_version > 0),
  actor             jsonb       not null,
  occurred_at       timestamptz not null,
  correlation_id    text        not null check (length(correlation_id) <= 100),
  causation_id      text        check (length(causation_id) <= 100),
  depth             integer     not null check (depth >= 0),
  trace             text        check (length(trace) <= 100),
  data              jsonb       not null,
  -- For readers with a cursor: an event is safe to pass once its xid is below every running transaction
  -- (xid < pg_snapshot_xmin(pg_current_snapshot()), order by xid, id): ids alone become visible out of order.
  xid               xid8        not null default pg_current_xact_id(),
  primary key (organization_id, id),
  unique (organization_id, aggregate_type, aggregate_id, aggregate_version)
);
select platform.protect_tenant_table('event');
select platform.make_append_only('event');
select platform.grant_relay('event', 'select');

-- One row per event that waits for publication; the relay deletes it after the bus has confirmed.
create table outbox (
  organization_id uuid     not null default platform.current_organization(),
  position        bigint   generated always as identity,
  event_id        uuid     not null,
  -- The last hexadecimal digit of the aggregate's id: one relay at a time holds a partition.
  partition       smallint not null check (partition between 0 and 15),
  primary key (organization_id, position)
);
select platform.protect_tenant_table('outbox');
select platform.grant_relay('outbox', 'select, delete');
-- The relay reads all organisations in the order of commits; this index has no organisation by design.
create index outbox_position on outbox (position);
-- A queue is never large for long: clean by dead rows alone, or the scan walks over what was published.
alter table outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- Stores one event with the next version of its aggregate. Two transactions that emit for one aggregate
-- at once queue up on the unique index; the later one then sees the earlier and takes the version after it,
-- so positions and versions of an aggregate rise together.
create function emit_event(
  event_id uuid, event_type text, event_version integer, of_aggregate_type text, of_aggregate_id uuid,
  by_actor jsonb, correlation text, causation text, chain_depth integer, trace_parent text, event_data jsonb
) returns void language plpgsql as $$
begin
  loop
    insert into event (id, type, version, aggregate_type, aggregate_id, aggregate_version, actor, occurred_at,
                       correlation_id, causation_id, depth, trace, data)
    values (event_id, event_type, event_version, of_aggregate_type, of_aggregate_id,
            1 + coalesce((select max(e.aggregate_version) from event e
                           where e.organization_id = platform.current_organization()
                             and e.aggregate_type = of_aggregate_type and e.aggregate_id = of_aggregate_id), 0),
            by_actor, date_trunc('milliseconds', clock_timestamp()), correlation, causation, chain_depth, trace_parent, event_data)
    on conflict (organization_id, aggregate_type, aggregate_id, aggregate_version) do nothing;
    exit when found;
  end loop;
  insert into outbox (event_id, partition) values (emit_event.event_id, get_byte(uuid_send(of_aggregate_id), 15) & 15);
end
$$;
