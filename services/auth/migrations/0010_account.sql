-- Sign-ups whose link was not opened yet: no account, no organisation. Global: neither exists.
create table auth.pending_sign_up (
  id                uuid        not null default platform.uuid_v7() primary key,
  -- SHA-256 of the newest link's secret; null until the mail was asked for.
  link_digest       bytea       unique,
  -- Who and what it becomes.
  tenant_id         uuid        not null,
  user_id           uuid        not null,
  email             text        not null check (length(email) between 3 and 254),
  name              text        not null check (length(name) between 1 and 100),
  organization_name text        not null check (length(organization_name) between 1 and 100),
  locale            text        not null check (locale in ('en', 'ru')),
  password_hash     text        not null,
  -- The browser that signed up. Any other has to know the password: else somebody could prepare an account in another's name.
  device_digest     bytea       not null,
  wrong_passwords   integer     not null default 0,
  created_at        timestamptz not null default now(),
  expires_at        timestamptz not null
);
create index pending_sign_up_newest on auth.pending_sign_up (email, device_digest, created_at desc);
create index pending_sign_up_by_end on auth.pending_sign_up (expires_at);

-- Links in mails that prove something, once: single use is a delete.
create table auth.account_link (
  digest     bytea       not null primary key,
  purpose    text        not null check (purpose in ('reset-password', 'confirm-email', 'revert-email')),
  user_id    uuid        not null references auth.user_account (id) on delete cascade,
  -- confirm-email: the new address; revert-email: the old one.
  email      text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index account_link_by_user on auth.account_link (user_id, purpose);
create index account_link_by_end on auth.account_link (expires_at);

-- Budgets of an account as a whole, keyed by a digest of its address whether or not it exists. `lane`: '' for all unknown
-- devices together, the digest of a device that signed in before for itself, 'mail' for mails to the address.
create table auth.account_budget (
  identifier     bytea       not null,
  lane           bytea       not null,
  attempts       integer     not null,
  window_ends_at timestamptz not null,
  primary key (identifier, lane)
);
create index account_budget_by_end on auth.account_budget (window_ends_at);

-- Sessions that began before are over in every organisation, but the one that was kept: also if the process dies before
-- it has ended them one by one.
alter table auth.user_account add column sessions_valid_from timestamptz;
alter table auth.user_account add column kept_session_id uuid;
-- Tokens of the last weeks only: the index is there in a moment.
-- squawk-ignore require-concurrent-index-creation
create index refresh_token_by_user on auth.refresh_token (user_id);

select platform.grant_global_table('auth.pending_sign_up');
select platform.grant_global_table('auth.account_link');
select platform.grant_global_table('auth.account_budget');
