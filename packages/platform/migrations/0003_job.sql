-- Work for later that survives a crash.
-- States: waiting → running (a lease, renewed by its holder) → deleted when done
--         running → waiting after a failure (backoff) or when the lease ran out (its holder died)
--         running → given-up after max_attempts: kept, visible.
create table job (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null default platform.uuid_v7(),
  name            text        not null check (length(name) <= 100),
  key             text        check (length(key) <= 200),
  payload         jsonb       not null,
  -- Who asked, and the chain of causes: {actor, correlationId, causationId, depth, trace}.
  origin          jsonb       not null,
  status          text        not null default 'waiting' check (status in ('waiting', 'running', 'given-up')),
  run_at          timestamptz not null default now(),
  attempts        integer     not null default 0,
  max_attempts    integer     not null check (max_attempts between 1 and 100),
  lease_until     timestamptz,
  lease_holder    uuid,
  last_error      text,
  created_at      timestamptz not null default now(),
  primary key (organization_id, id),
  check ((status = 'running') = (lease_until is not null and lease_holder is not null))
);
select platform.protect_tenant_table('job');
select platform.grant_relay('job', 'select, update, delete');
create unique index job_waiting_key on job (organization_id, name, key) where status = 'waiting' and key is not null;
create index job_given_up on job (organization_id, id) where status = 'given-up';
-- The runner claims for all organisations.
create index job_due on job (name, run_at) where status = 'waiting';
create index job_lease on job (lease_until) where status = 'running';

-- The last tick of each schedule that some replica took: one row per schedule, no organisation.
-- `lease_until` is null once the tick is done; a lease that ran out is taken over with the same tick.
create table job_schedule (
  name         text        primary key check (length(name) <= 100),
  tick_at      timestamptz not null,
  attempts     integer     not null default 1,
  lease_until  timestamptz,
  lease_holder uuid,
  last_error   text
);
select platform.grant_relay('job_schedule', 'select, insert, update');
