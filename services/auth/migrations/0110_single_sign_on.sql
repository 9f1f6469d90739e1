-- An OpenID Connect provider of the organisation's own. States: new → tested → enabled ⇄ disabled; new credentials have to
-- be tested again.
create table auth.sso_connection (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null default platform.uuid_v7(),
  name            text        not null check (length(name) between 1 and 100),
  -- Never changes: subjects mean nothing at another issuer.
  issuer          text        not null check (length(issuer) between 8 and 500),
  client_id       text        not null check (length(client_id) between 1 and 300),
  -- AES-256-GCM: nonce, tag, ciphertext; organisation and row are authenticated with it.
  sealed_secret   bytea       not null,
  -- What a person becomes who joins by signing in; null: nobody joins so.
  default_role    text        check (default_role in ('manager', 'member', 'viewer')),
  enabled_at      timestamptz,
  -- Of the configuration as it is; null when that changed since.
  tested_at       timestamptz,
  test_problem    text        check (length(test_problem) <= 60),
  -- Counts the changes of what is tested: a test that began before a change says nothing.
  credentials     integer     not null default 1,
  version         integer     not null default 1,
  created_at      timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, issuer, client_id)
);
select platform.protect_tenant_table('auth.sso_connection');

-- E-mail domains that the organisation claims, and those that it has proven.
create table auth.email_domain (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null default platform.uuid_v7(),
  name            text        not null check (length(name) between 4 and 253),
  -- What the TXT record has to say.
  challenge       text        not null check (length(challenge) between 20 and 100),
  connection_id   uuid,
  created_at      timestamptz not null default now(),
  verified_at     timestamptz,
  primary key (organization_id, id),
  unique (organization_id, name),
  foreign key (organization_id, connection_id) references auth.sso_connection (organization_id, id) on delete set null (connection_id)
);
select platform.protect_tenant_table('auth.email_domain');

-- Global, because whoever signs in shows an address and no organisation yet: whose is its domain? One row, one owner.
create table auth.captured_domain (
  name      text not null primary key,
  tenant_id uuid not null,
  domain_id uuid not null,
  foreign key (tenant_id, domain_id) references auth.email_domain (organization_id, id) on delete cascade
);
create index captured_domain_by_tenant on auth.captured_domain (tenant_id, domain_id);
select platform.grant_global_table('auth.captured_domain');

-- Who somebody at the provider is here. Kept when the person is removed: so they do not come back by themselves.
create table auth.sso_identity (
  organization_id uuid        not null default platform.current_organization(),
  connection_id   uuid        not null,
  subject         text        not null check (length(subject) between 1 and 255),
  user_id         uuid        not null,
  created_at      timestamptz not null default now(),
  last_used_at    timestamptz not null default now(),
  primary key (organization_id, connection_id, subject),
  -- An address that the provider gives to another person does not give them the account.
  unique (organization_id, connection_id, user_id),
  foreign key (organization_id, connection_id) references auth.sso_connection (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('auth.sso_identity');

-- Whom an administrator has removed: they come back by an invitation only.
create table auth.sso_exclusion (
  organization_id uuid        not null default platform.current_organization(),
  user_id         uuid        not null,
  created_at      timestamptz not null default now(),
  primary key (organization_id, user_id)
);
select platform.protect_tenant_table('auth.sso_exclusion');

-- How everybody has to sign in. No row: as they like.
create table auth.sign_in_policy (
  organization_id           uuid        not null default platform.current_organization() primary key,
  sso_enforced_at           timestamptz,
  second_factor_required_at timestamptz
);
select platform.protect_tenant_table('auth.sign_in_policy');

-- Accounts at providers of the installation (Google, Microsoft). They belong to the person: global, like the password.
create table auth.linked_identity (
  id         uuid        not null default platform.uuid_v7() primary key,
  provider   text        not null check (provider in ('google', 'microsoft')),
  issuer     text        not null check (length(issuer) <= 500),
  subject    text        not null check (length(subject) between 1 and 255),
  user_id    uuid        not null references auth.user_account (id) on delete cascade,
  -- As it was when it was linked, for the person to tell accounts apart. Nobody is found by it.
  email      text        not null check (length(email) <= 254),
  created_at timestamptz not null default now(),
  unique (issuer, subject)
);
create index linked_identity_by_user on auth.linked_identity (user_id);
select platform.grant_global_table('auth.linked_identity');

-- A sign-in on its way to a provider and back: ten minutes, once, in one browser. Verifier and nonce are derived from the
-- state, which is not kept.
create table auth.sso_flow (
  -- SHA-256 of the state.
  digest        bytea       not null primary key,
  device_digest bytea       not null,
  purpose       text        not null check (purpose in ('sign-in', 'test')),
  provider      text        not null check (provider in ('connection', 'google', 'microsoft')),
  tenant_id     uuid,
  connection_id uuid,
  -- Of the connection, as it was when the flow began.
  credentials   integer,
  -- Who tests.
  user_id       uuid,
  return_to     text        not null check (length(return_to) <= 500),
  expires_at    timestamptz not null,
  check ((provider = 'connection') = (tenant_id is not null and connection_id is not null and credentials is not null)),
  check ((purpose = 'test') = (user_id is not null))
);
create index sso_flow_by_end on auth.sso_flow (expires_at);
select platform.grant_global_table('auth.sso_flow');

-- A provider has vouched for somebody, and an account has the same address: whoever proves to be its person may connect them.
create table auth.link_ticket (
  -- SHA-256; the ticket is 256 random bits.
  digest        bytea       not null primary key,
  device_digest bytea       not null,
  user_id       uuid        not null references auth.user_account (id) on delete cascade,
  provider      text        not null check (provider in ('google', 'microsoft')),
  issuer        text        not null check (length(issuer) <= 500),
  subject       text        not null check (length(subject) between 1 and 255),
  email         text        not null check (length(email) <= 254),
  expires_at    timestamptz not null
);
create index link_ticket_by_end on auth.link_ticket (expires_at);
create index link_ticket_by_user on auth.link_ticket (user_id);
select platform.grant_global_table('auth.link_ticket');

-- Who vouched for the person of a session, and how they had proven themselves there (RFC 8176). Null: nobody but us.
alter table auth.session
  add column identity_provider text check (identity_provider in ('connection', 'google', 'microsoft')),
  add column connection_id     uuid,
  add column provider_amr      text[],
  add column provider_acr      text check (length(provider_acr) <= 255);
-- Sessions of the last weeks only: the index is there in a moment.
-- squawk-ignore require-concurrent-index-creation
create index session_by_connection on auth.session (organization_id, connection_id) where connection_id is not null;

-- What came before the second factor.
alter table auth.second_factor_challenge
  add column identity_provider text check (identity_provider in ('google', 'microsoft'));
