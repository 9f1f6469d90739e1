-- People, before and across organisations: global, because sign-in knows an address and no organisation yet.
create table auth.user_account (
  id         uuid        not null default platform.uuid_v7() primary key,
  -- Trimmed and lower case, as the contract parses it.
  email      text        not null unique check (length(email) between 3 and 254),
  name       text        not null check (length(name) between 1 and 100),
  locale     text        not null check (locale in ('en', 'ru')),
  created_at timestamptz not null default now()
);

-- One way to prove who one is. Passkeys, TOTP and recovery codes become tables beside it; a person who only uses single
-- sign-on has no row here.
create table auth.password_credential (
  user_id       uuid        not null primary key references auth.user_account (id) on delete cascade,
  -- Argon2id in PHC format: parameters travel with the hash, so that they can be raised.
  password_hash text        not null,
  changed_at    timestamptz not null default now()
);

-- Attempts to sign in, counted before the password is hashed. Keyed by address and network of the client together: a
-- stranger elsewhere cannot use up the owner's attempts.
create table auth.sign_in_budget (
  -- Digest of the e-mail address, whether or not it has an account.
  identifier     bytea       not null,
  network        inet        not null,
  attempts       integer     not null,
  window_ends_at timestamptz not null,
  primary key (identifier, network)
);
create index sign_in_budget_by_end on auth.sign_in_budget (window_ends_at);

select platform.grant_global_table('auth.user_account');
select platform.grant_global_table('auth.password_credential');
select platform.grant_global_table('auth.sign_in_budget');
