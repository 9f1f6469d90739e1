-- The newest number of an organisation's live updates. The lock on its row makes numbering serial inside the organisation:
-- n + 1 is given only after n has committed or was undone. So there are no gaps, and no number becomes visible late.
create table websocket.live_sequence (
  organization_id uuid   not null default platform.current_organization() primary key,
  last_sequence   bigint not null check (last_sequence > 0)
);
select platform.protect_tenant_table('websocket.live_sequence');

-- What clients that were away ask for. A light copy of the event without its data; the oldest rows go as new ones come.
create table websocket.live_update (
  organization_id uuid        not null default platform.current_organization(),
  sequence        bigint      not null check (sequence > 0),
  event_id        uuid        not null,
  type            text        not null check (length(type) <= 100),
  aggregate_type  text        not null check (length(aggregate_type) <= 60),
  aggregate_id    uuid        not null,
  actor           jsonb       not null,
  occurred_at     timestamptz not null,
  refs            jsonb       not null,
  primary key (organization_id, sequence)
);
select platform.protect_tenant_table('websocket.live_update');
