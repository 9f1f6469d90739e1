-- People who work on each other's records. Other services keep who is in which, by the events.
create table auth.team (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null default platform.uuid_v7(),
  name            text        not null check (length(name) between 1 and 60),
  -- One of its members, or nobody; kept so by the commands, under the lock of the members.
  lead_id         uuid,
  version         integer     not null default 1,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, name)
);
select platform.protect_tenant_table('auth.team');

create table auth.team_member (
  organization_id uuid        not null default platform.current_organization(),
  team_id         uuid        not null,
  user_id         uuid        not null,
  joined_at       timestamptz not null default now(),
  primary key (organization_id, team_id, user_id),
  foreign key (organization_id, team_id) references auth.team (organization_id, id) on delete cascade,
  foreign key (organization_id, user_id) references auth.membership (organization_id, user_id) on delete cascade
);
select platform.protect_tenant_table('auth.team_member');
create index team_member_by_user on auth.team_member (organization_id, user_id);
