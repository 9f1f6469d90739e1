-- States: open → accepted (used up) | revoked | expired (by the clock). Inviting an address again renews its open invitation.
create table auth.invitation (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null default platform.uuid_v7(),
  -- 'email' is for one address and one person; 'link' for whoever has it and fits.
  kind            text        not null check (kind in ('email', 'link')),
  email           text        check (length(email) between 3 and 254),
  role            text        not null check (length(role) between 1 and 40),
  locale          text        not null check (locale in ('en', 'ru')),
  -- Only addresses of this domain may use the link; null lets all in.
  domain          text        check (length(domain) between 1 and 253),
  max_uses        integer     not null default 1 check (max_uses between 1 and 500),
  uses            integer     not null default 0,
  invited_by      uuid        not null,
  -- The link through which somebody asked for this one: accepting it uses that up too.
  through_link    uuid,
  created_at      timestamptz not null default now(),
  sent_at         timestamptz not null default now(),
  expires_at      timestamptz not null,
  revoked_at      timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, through_link) references auth.invitation (organization_id, id),
  check ((kind = 'email') = (email is not null)),
  check (uses between 0 and max_uses)
);
select platform.protect_tenant_table('auth.invitation');
create unique index invitation_open_email on auth.invitation (organization_id, email) where revoked_at is null and uses = 0;
create index invitation_by_time on auth.invitation (organization_id, created_at desc);

-- Global, because whoever opens a link has a token and no organisation yet; the row says which.
create table auth.invitation_token (
  -- SHA-256 of 256 random bits, which are never stored.
  digest        bytea not null primary key,
  tenant_id     uuid  not null,
  invitation_id uuid  not null,
  foreign key (tenant_id, invitation_id) references auth.invitation (organization_id, id) on delete cascade
);
create index invitation_token_by_invitation on auth.invitation_token (tenant_id, invitation_id);
select platform.grant_global_table('auth.invitation_token');

-- Whoever has just joined goes there when they sign in next.
create or replace function auth.keep_organization_of_user() returns trigger
language plpgsql security definer set search_path = auth, pg_temp
as $$
begin
  insert into organization_of_user (user_id, tenant_id, joined_at, is_disabled, last_used_at)
  values (new.user_id, new.organization_id, new.joined_at, new.disabled_at is not null, clock_timestamp())
  on conflict (user_id, tenant_id) do update set is_disabled = excluded.is_disabled;
  return null;
end $$;
