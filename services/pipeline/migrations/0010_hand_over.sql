-- What happens when a deal is won in the pipeline.
-- squawk-ignore adding-field-with-default
alter table pipeline.pipeline add column hand_over jsonb not null default '{"ownerId": null, "tasks": []}';
comment on column pipeline.pipeline.hand_over is 'type: HandOverPlan';

-- Each time that a won deal was handed over, or is. States: waiting → running → done | undone
--                                                           waiting → undone    (opened again before its turn)
-- `waiting`: until an earlier one of the deal is undone. The saga of the same id knows how far one is that runs.
create table pipeline.hand_over (
  organization_id  uuid not null default platform.current_organization(),
  id               uuid not null default platform.uuid_v7(),
  deal_id          uuid not null,
  -- Of the stay that began with the winning.
  sequence         integer not null,
  -- Trying again counts.
  attempt          integer not null,
  pipeline_id      uuid not null,
  stage_id         text not null check (stage_id ~ '^[a-z0-9-]{2,36}$'),
  state            text not null check (state in ('waiting', 'running', 'done', 'undone')),
  reason           text check (reason in ('owner-left', 'owner-without-access', 'assignee-left', 'deal-gone', 'deal-reopened', 'deal-deleted', 'no-answer')),
  -- What the deal was when it was won.
  decided_at       timestamptz(3) not null,
  amount_minor     bigint,
  currency         text check (currency ~ '^[A-Z]{3}$'),
  owner_before_id  uuid,
  owner_id         uuid,
  task_count       integer not null default 0,
  begun_at         timestamptz(3) not null default now(),
  ended_at         timestamptz(3),
  primary key (organization_id, id),
  unique (organization_id, deal_id, sequence, attempt),
  check ((state = 'undone') = (reason is not null)),
  check ((state in ('done', 'undone')) = (ended_at is not null))
);
select platform.protect_tenant_table('pipeline.hand_over');
