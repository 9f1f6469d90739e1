-- Projection of crm's deal.*: where a deal stands and what it is, as far as its events have come.
create table pipeline.deal (
  organization_id    uuid    not null default platform.current_organization(),
  id                 uuid    not null,
  stage_id           text    not null,
  pipeline_id        uuid    not null,
  stage_kind         text    not null check (stage_kind in ('open', 'won', 'lost')),
  entered_at         timestamptz(3) not null,
  -- Of the stay that is open, or was when the deal was deleted.
  sequence           integer not null,
  amount_minor       bigint,
  currency           text,
  expected_close_on  date,
  owner_id           uuid,
  is_deleted         boolean not null,
  -- Of the newest event that is in it.
  version            integer not null,
  primary key (organization_id, id)
);
select platform.protect_tenant_table('pipeline.deal');
create index deal_of_stage on pipeline.deal (organization_id, pipeline_id, stage_id) where not is_deleted;

-- The history of deals as intervals: from an event that brought the deal into the stage to the one that took it out.
create table pipeline.stay (
  organization_id  uuid    not null default platform.current_organization(),
  deal_id          uuid    not null,
  -- The deal's version when it came; 0: before anything was heard of it.
  sequence         integer not null,
  stage_id         text    not null,
  pipeline_id      uuid    not null,
  stage_kind       text    not null check (stage_kind in ('open', 'won', 'lost')),
  entered_at       timestamptz(3) not null,
  entered_by       jsonb   not null,
  left_at          timestamptz(3),
  outcome          text check (outcome in ('advanced', 'moved-back', 'won', 'lost', 'handed-off', 'deleted')),
  left_by          jsonb,
  -- Of the deal when it left.
  amount_minor     bigint,
  currency         text,
  owner_id         uuid,
  primary key (organization_id, deal_id, sequence),
  foreign key (organization_id, deal_id) references pipeline.deal (organization_id, id),
  check ((left_at is null) = (outcome is null)),
  check ((left_at is null) = (left_by is null)),
  check (left_at >= entered_at)
);
comment on column pipeline.stay.entered_by is 'type: Actor';
comment on column pipeline.stay.left_by is 'type: Actor';
select platform.protect_tenant_table('pipeline.stay');
create unique index stay_open on pipeline.stay (organization_id, deal_id) where left_at is null;
create index stay_standing on pipeline.stay (organization_id, stage_id, entered_at) where left_at is null;
create index stay_of_pipeline on pipeline.stay (organization_id, pipeline_id, entered_at);

-- Projection of auth's team.*: who is in which team. The scope `team` is asked of it.
create table pipeline.team_member (
  organization_id uuid not null default platform.current_organization(),
  team_id         uuid not null,
  user_id         uuid not null,
  primary key (organization_id, team_id, user_id)
);
select platform.protect_tenant_table('pipeline.team_member');
create index team_member_by_user on pipeline.team_member (organization_id, user_id, team_id);
