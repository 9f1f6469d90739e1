create table auth.organization (
  organization_id uuid        not null default platform.current_organization() primary key,
  name            text        not null check (length(name) between 1 and 100),
  slug            text        not null,
  locale          text        not null check (locale in ('en', 'ru')),
  created_at      timestamptz not null default now()
);
select platform.protect_tenant_table('auth.organization');

-- Names that are unique in the whole installation, because they become mail addresses. Global, so that no tenant's unique
-- index tells about another tenant: sign-up takes the next free name without saying which were taken.
create table auth.organization_slug (
  slug     text not null primary key check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 63),
  taken_by uuid not null
);

-- A person may belong to several organisations, with a role in each.
create table auth.membership (
  organization_id uuid        not null default platform.current_organization(),
  user_id         uuid        not null references auth.user_account (id),
  role            text        not null check (role in ('owner', 'admin', 'member', 'viewer')),
  joined_at       timestamptz not null default now(),
  primary key (organization_id, user_id),
  foreign key (organization_id) references auth.organization (organization_id)
);
select platform.protect_tenant_table('auth.membership');

select platform.grant_global_table('auth.organization_slug');
