-- What consumers have handled, and what they could not handle yet.

-- Inserted in the handler's transaction: a second delivery finds the row and has no effect.
create table inbox (
  organization_id uuid        not null default platform.current_organization(),
  consumer        text        not null check (length(consumer) <= 100),
  event_id        uuid        not null,
  handled_at      timestamptz not null default now(),
  primary key (organization_id, consumer, event_id)
);
select platform.protect_tenant_table('inbox');
select platform.grant_relay('inbox', 'select, delete');
-- Only the retention sweep of all organisations reads by time; rows arrive in that order, so BRIN suffices.
create index inbox_handled_at on inbox using brin (handled_at);

-- States: waiting (head of its line, tried at next_attempt_at) → deleted when handled
--         waiting → dead after the last attempt: visible, waits for a redrive (dead → waiting), lets its line pass
--         blocked (an earlier event of the same consumer and aggregate is parked) → waiting when it becomes the head.
create table parked_event (
  organization_id   uuid        not null default platform.current_organization(),
  consumer          text        not null check (length(consumer) <= 100),
  event_id          uuid        not null,
  aggregate_id      uuid        not null,
  aggregate_version integer     not null,
  envelope          jsonb       not null,
  status            text        not null check (status in ('waiting', 'blocked', 'dead')),
  attempts          integer     not null default 0,
  next_attempt_at   timestamptz not null default now(),
  reason            text        not null,
  first_failed_at   timestamptz not null default now(),
  last_failed_at    timestamptz not null default now(),
  primary key (organization_id, consumer, event_id)
);
select platform.protect_tenant_table('parked_event');
select platform.grant_relay('parked_event', 'select, update');
create index parked_event_line on parked_event (organization_id, consumer, aggregate_id, aggregate_version) where status <> 'dead';
create index parked_event_dead on parked_event (organization_id, event_id, consumer) where status = 'dead';
-- The poller looks for due heads of all organisations.
create index parked_event_due on parked_event (next_attempt_at) where status = 'waiting';
