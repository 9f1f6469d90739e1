-- A role that an organisation made for itself, beside the built-in ones.
create table auth.role (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null default platform.uuid_v7(),
  name            text        not null check (length(name) between 1 and 60),
  -- Where it stands among the built-in roles: whoever has it may be changed by those above. Nobody is made an owner by it.
  base            text        not null check (base in ('admin', 'manager', 'member', 'viewer')),
  permissions     text[]      not null check (cardinality(permissions) <= 500),
  -- Field rules per kind of record, as in contracts/core/authorization.ts.
  fields          jsonb       not null default '{}',
  version         integer     not null default 1,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, name)
);
select platform.protect_tenant_table('auth.role');
comment on column auth.role.fields is 'type: Record<string, Record<string, string>>';

-- `role` is the base of the custom role then.
alter table auth.membership add column custom_role_id uuid;
alter table auth.membership add constraint membership_custom_role foreign key (organization_id, custom_role_id) references auth.role (organization_id, id) not valid;
-- A row per colleague: the index is there in milliseconds.
-- squawk-ignore require-concurrent-index-creation
create index membership_by_custom_role on auth.membership (organization_id, custom_role_id) where custom_role_id is not null;
