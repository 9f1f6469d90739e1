-- A session is the family of refresh tokens that one sign-in began. Revoking the row kills them all.
create table auth.session (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null default platform.uuid_v7(),
  user_id         uuid        not null,
  -- Digest of a random value in a cookie of its own: what "the same device" means for a repeated refresh.
  device_digest   bytea       not null,
  user_agent      text        not null check (length(user_agent) <= 300),
  created_at      timestamptz not null default now(),
  expires_at      timestamptz not null,
  revoked_at      timestamptz,
  revoked_reason  text        check (revoked_reason in ('sign-out', 'refresh-reuse', 'expired')),
  primary key (organization_id, id),
  foreign key (organization_id, user_id) references auth.membership (organization_id, user_id) on delete cascade,
  check ((revoked_at is null) = (revoked_reason is null))
);
select platform.protect_tenant_table('auth.session');
create index session_by_user on auth.session (organization_id, user_id);

-- Global, because a refresh knows its token and no organisation yet; the row says which.
create table auth.refresh_token (
  -- SHA-256; the token itself is 256 random bits and never stored.
  digest     bytea       not null primary key,
  tenant_id  uuid        not null,
  session_id uuid        not null,
  user_id    uuid        not null,
  expires_at timestamptz not null,
  -- Set once, by compare-and-set: this token was exchanged for its successor.
  rotated_at timestamptz,
  foreign key (tenant_id, session_id) references auth.session (organization_id, id) on delete cascade
);
create index refresh_token_by_session on auth.refresh_token (tenant_id, session_id);
create index refresh_token_by_end on auth.refresh_token (expires_at);

select platform.grant_global_table('auth.refresh_token');
