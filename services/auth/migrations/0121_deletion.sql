-- An organisation on its way out: requested → (erases_at passes) → erasing; until then it can be kept.
alter table auth.organization
  add column deletion_requested_at timestamptz,
  add column deletion_requested_by uuid,
  add column erases_at             timestamptz,
  add column erasing_since         timestamptz;

create or replace function auth.keep_organization_card() returns trigger
language plpgsql security definer set search_path = auth, pg_temp
as $$
begin
  if tg_op = 'DELETE' then
    delete from organization_card where tenant_id = old.organization_id;
  else
    insert into organization_card (tenant_id, name, slug, erases_at) values (new.organization_id, new.name, new.slug, new.erases_at)
    on conflict (tenant_id) do update set name = excluded.name, slug = excluded.slug, erases_at = excluded.erases_at;
  end if;
  return null;
end $$;

-- Mail names of organisations that are gone: never given again, because their customers may still write to them. A digest,
-- so that the name itself goes with the organisation.
create table auth.retired_slug (
  digest     bytea       not null primary key check (length(digest) = 32),
  retired_at timestamptz not null default now()
);
select platform.grant_global_table('auth.retired_slug');

-- Whether a person belongs to any organisation, also where they are shut out: else the account goes with the last one.
create function auth.belongs_somewhere(person uuid) returns boolean
language sql stable security definer set search_path = auth, pg_temp
begin atomic
  select exists (select from auth.organization_of_user where user_id = person);
end;
revoke all on function auth.belongs_somewhere(uuid) from public;
grant execute on function auth.belongs_somewhere(uuid) to auth_app;

-- Behind the mark of an erasure only (platform.refuse_change).
grant delete on auth.security_event to auth_app;
