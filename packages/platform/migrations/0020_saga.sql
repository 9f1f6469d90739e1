-- Work that spans services, with a way back. Run once per service with search_path set to its schema.

-- States: running → done
--         running → undoing (a step was refused or its time ran out) → undone
-- The row is also the timer: `wake_at` is when whoever is there asks again, gives up waiting, or goes on undoing.
create table saga (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null,
  name            text        not null check (length(name) between 1 and 100),
  state           text        not null check (state in ('running', 'undoing', 'done', 'undone')),
  input           jsonb       not null,
  -- Of each step in order: {name, state: waiting | asked | done | refused | undoing | undone, attempts}.
  steps           jsonb       not null,
  -- Why it is being undone.
  reason          text        check (length(reason) <= 500),
  -- When the step that is asked for is given up; null where that never happens, and while undoing.
  deadline_at     timestamptz,
  wake_at         timestamptz,
  failures        integer     not null default 0,
  correlation_id  text        not null check (length(correlation_id) <= 100),
  started_at      timestamptz not null default now(),
  ended_at        timestamptz,
  primary key (organization_id, id),
  check ((state in ('running', 'undoing')) = (wake_at is not null)),
  check ((state in ('done', 'undone')) = (ended_at is not null))
);
select platform.protect_tenant_table('saga');
select platform.grant_relay('saga', 'select');
-- The timers look for due sagas of all organisations.
create index saga_due on saga (wake_at) where wake_at is not null;

-- What this service has answered to sagas of others: a repeated request gets the same answer and does nothing, and a
-- request that comes after its own undoing is refused.
create table saga_answer (
  organization_id uuid        not null default platform.current_organization(),
  saga_id         uuid        not null,
  step            text        not null check (length(step) between 1 and 100),
  outcome         text        not null check (outcome in ('done', 'refused', 'undone')),
  reason          text        check (length(reason) <= 500),
  answered_at     timestamptz not null default now(),
  primary key (organization_id, saga_id, step)
);
select platform.protect_tenant_table('saga_answer');
