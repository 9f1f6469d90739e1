-- Somebody has lost every second factor: they are taken away when the time is over in which their person can refuse. Of the person,
-- like the factors.
create table auth.factor_reset (
  user_id      uuid        not null primary key references auth.user_account (id) on delete cascade,
  -- Whose administrators began it and can stop it; null where whoever runs the installation did.
  tenant_id    uuid,
  requested_by uuid        not null,
  requested_at timestamptz not null default now(),
  due_at       timestamptz not null,
  -- SHA-256 of the secret in the mail with which the person keeps their factors.
  keep_digest  bytea       not null unique
);
create index factor_reset_by_due on auth.factor_reset (due_at);
select platform.grant_global_table('auth.factor_reset');
