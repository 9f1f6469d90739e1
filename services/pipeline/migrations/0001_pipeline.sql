-- A way that deals go. Living ones in the order of their positions; archived ones stay for history.
create table pipeline.pipeline (
  organization_id  uuid not null default platform.current_organization(),
  id               uuid not null default platform.uuid_v7(),
  name             text not null check (length(name) between 1 and 60),
  position         integer not null,
  -- Offered when a deal is lost.
  lost_reasons     text[] not null default '{}' check (cardinality(lost_reasons) <= 30),
  archived_at      timestamptz(3),
  version          integer not null default 1,
  created_at       timestamptz(3) not null default now(),
  updated_at       timestamptz(3) not null default now(),
  primary key (organization_id, id)
);
select platform.protect_tenant_table('pipeline.pipeline');
create unique index pipeline_of_name on pipeline.pipeline (organization_id, lower(name)) where archived_at is null;

-- Retired ones stay too: deals stood in them, and no other stage gets their id.
create table pipeline.stage (
  organization_id  uuid not null default platform.current_organization(),
  id               text not null check (id ~ '^[a-z0-9-]{2,36}$'),
  pipeline_id      uuid not null,
  name             text not null check (length(name) between 1 and 60),
  kind             text not null check (kind in ('open', 'won', 'lost')),
  position         integer not null,
  probability      integer not null check (probability between 0 and 100),
  color            text not null check (color in ('gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink')),
  rotting_days     integer check (rotting_days between 1 and 365),
  rules            jsonb not null,
  -- Where its deals went.
  retired_into     text,
  retired_at       timestamptz(3),
  primary key (organization_id, id),
  foreign key (organization_id, pipeline_id) references pipeline.pipeline (organization_id, id),
  check ((retired_into is null) = (retired_at is null)),
  check (kind = 'open' or probability = case kind when 'won' then 100 else 0 end)
);
comment on column pipeline.stage.rules is 'type: StageRules';
select platform.protect_tenant_table('pipeline.stage');
create index stage_of_pipeline on pipeline.stage (organization_id, pipeline_id, position) where retired_at is null;
