-- What programs sign in with. A key belongs to the person who made it: it never permits more than that person may do now.
create table auth.api_key (
  organization_id  uuid        not null default platform.current_organization(),
  id               uuid        not null default platform.uuid_v7(),
  name             text        not null check (length(name) between 1 and 100),
  -- The first characters of the key, for people to tell keys apart.
  prefix           text        not null check (length(prefix) <= 20),
  permissions      text[]      not null,
  allowed_networks text[]      not null,
  rate_per_minute  integer     not null check (rate_per_minute > 0),
  created_by       uuid        not null,
  created_at       timestamptz not null default now(),
  expires_at       timestamptz,
  revoked_at       timestamptz,
  last_used_at     timestamptz,
  primary key (organization_id, id)
);
select platform.protect_tenant_table('auth.api_key');

-- On which days from which networks a key was used: the security log tells the first use of each.
create table auth.api_key_use (
  organization_id uuid not null default platform.current_organization(),
  key_id          uuid not null,
  used_on         date not null,
  network         text not null check (length(network) <= 64),
  primary key (organization_id, key_id, used_on, network),
  foreign key (organization_id, key_id) references auth.api_key (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('auth.api_key_use');

-- Global, because a request knows its key and no organisation yet; the row says which.
create table auth.api_key_secret (
  -- SHA-256; the key itself holds 256 random bits and is never stored.
  digest    bytea not null primary key,
  tenant_id uuid  not null,
  key_id    uuid  not null,
  foreign key (tenant_id, key_id) references auth.api_key (organization_id, id) on delete cascade
);
select platform.grant_global_table('auth.api_key_secret');
