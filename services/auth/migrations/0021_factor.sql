-- Second ways to prove who one is. They belong to the person, whatever organisation they work in: global, like the password.

-- An authenticator app (RFC 6238). A second one may wait for its first code while the first still counts.
create table auth.totp_credential (
  id               uuid        not null default platform.uuid_v7() primary key,
  user_id          uuid        not null references auth.user_account (id) on delete cascade,
  -- AES-256-GCM: nonce, tag, ciphertext; row and person are authenticated with it, so that a copied row does not decrypt.
  encrypted_secret bytea       not null,
  -- Time step of the newest code that was accepted: neither it nor an older one counts again.
  last_used_step   integer     not null default 0,
  created_at       timestamptz not null default now(),
  -- Null until a first code has shown that the app has the secret.
  confirmed_at     timestamptz
);
create unique index totp_credential_confirmed on auth.totp_credential (user_id) where confirmed_at is not null;
create unique index totp_credential_pending on auth.totp_credential (user_id) where confirmed_at is null;

create table auth.recovery_code (
  user_id    uuid        not null references auth.user_account (id) on delete cascade,
  -- SHA-256; the code itself is 120 random bits and shown once.
  digest     bytea       not null,
  created_at timestamptz not null default now(),
  used_at    timestamptz,
  primary key (user_id, digest)
);

-- A WebAuthn credential.
create table auth.passkey (
  id            uuid        not null default platform.uuid_v7() primary key,
  user_id       uuid        not null references auth.user_account (id) on delete cascade,
  credential_id bytea       not null unique check (length(credential_id) <= 1023),
  -- The domain that it was made for; it works for no other.
  relying_party text        not null check (length(relying_party) <= 253),
  -- COSE, as the authenticator gave it.
  public_key    bytea       not null,
  -- 0 for authenticators that do not count; otherwise it only ever grows.
  sign_count    bigint      not null,
  transports    text[]      not null,
  -- Synchronised between devices by its keeper: a lost device does not lose it.
  is_synced     boolean     not null,
  name          text        not null check (length(name) between 1 and 100),
  created_at    timestamptz not null default now(),
  last_used_at  timestamptz
);
create index passkey_by_user on auth.passkey (user_id);

-- What an authenticator is asked to sign: once, within minutes, for one purpose.
create table auth.passkey_ceremony (
  challenge  bytea       not null primary key,
  purpose    text        not null check (purpose in ('register', 'sign-in', 'second-factor', 'step-up')),
  -- Null where nobody is known yet.
  user_id    uuid        references auth.user_account (id) on delete cascade,
  expires_at timestamptz not null
);
create index passkey_ceremony_by_end on auth.passkey_ceremony (expires_at);

-- The right password was given, the second factor not yet: no session exists. Bound to the person and to the device.
create table auth.second_factor_challenge (
  -- SHA-256; the challenge is 256 random bits.
  digest        bytea       not null primary key,
  user_id       uuid        not null references auth.user_account (id) on delete cascade,
  device_digest bytea       not null,
  -- Counted before the code is looked at.
  attempts      integer     not null default 0 check (attempts <= 5),
  expires_at    timestamptz not null
);
create index second_factor_challenge_by_end on auth.second_factor_challenge (expires_at);

-- Where the person has signed in before: their attempts are counted apart from those of everybody else.
create table auth.known_device (
  user_id       uuid        not null references auth.user_account (id) on delete cascade,
  device_digest bytea       not null,
  last_seen_at  timestamptz not null default now(),
  primary key (user_id, device_digest)
);

-- Wrong answers over all factors of a person. `lane` is a known device, or empty for all other devices together.
create table auth.factor_budget (
  user_id        uuid        not null references auth.user_account (id) on delete cascade,
  lane           bytea       not null,
  attempts       integer     not null,
  window_ends_at timestamptz not null,
  primary key (user_id, lane)
);
create index factor_budget_by_end on auth.factor_budget (window_ends_at);

-- "Do not ask here for 30 days." Never counts after the password was changed.
create table auth.remembered_device (
  id           uuid        not null default platform.uuid_v7() primary key,
  user_id      uuid        not null references auth.user_account (id) on delete cascade,
  token_digest bytea       not null unique,
  user_agent   text        not null check (length(user_agent) <= 300),
  created_at   timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at   timestamptz not null
);
create index remembered_device_by_user on auth.remembered_device (user_id);
create index remembered_device_by_end on auth.remembered_device (expires_at);

select platform.grant_global_table('auth.totp_credential');
select platform.grant_global_table('auth.recovery_code');
select platform.grant_global_table('auth.passkey');
select platform.grant_global_table('auth.passkey_ceremony');
select platform.grant_global_table('auth.second_factor_challenge');
select platform.grant_global_table('auth.known_device');
select platform.grant_global_table('auth.factor_budget');
select platform.grant_global_table('auth.remembered_device');
