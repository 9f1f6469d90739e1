alter table auth.organization
  add column time_zone text not null default 'UTC' check (length(time_zone) between 1 and 64),
  -- Counts the changes that people make to the settings.
  add column version integer not null default 1;

alter table auth.membership
  add column version integer not null default 1,
  -- Shut out since then: no session begins, and those that were alive have ended.
  add column disabled_at timestamptz;

-- What somebody who belongs to an organisation may see of it from another one: no service role has a right on it.
create table auth.organization_card (
  tenant_id uuid not null primary key,
  name      text not null,
  slug      text not null,
  erases_at timestamptz
);
revoke all on auth.organization_card from public, auth_app;

create function auth.keep_organization_card() returns trigger
language plpgsql security definer set search_path = auth, pg_temp
as $$
begin
  if tg_op = 'DELETE' then
    delete from organization_card where tenant_id = old.organization_id;
  else
    insert into organization_card (tenant_id, name, slug) values (new.organization_id, new.name, new.slug)
    on conflict (tenant_id) do update set name = excluded.name, slug = excluded.slug;
  end if;
  return null;
end $$;
revoke all on function auth.keep_organization_card() from public;
create trigger keep_organization_card after insert or update or delete on auth.organization
  for each row execute function auth.keep_organization_card();

alter table auth.organization_of_user
  add column is_disabled  boolean not null default false,
  -- When the newest session there began: signing in leads to where one was last.
  add column last_used_at timestamptz;

create or replace function auth.keep_organization_of_user() returns trigger
language plpgsql security definer set search_path = auth, pg_temp
as $$
begin
  insert into organization_of_user (user_id, tenant_id, joined_at, is_disabled)
  values (new.user_id, new.organization_id, new.joined_at, new.disabled_at is not null)
  on conflict (user_id, tenant_id) do update set is_disabled = excluded.is_disabled;
  return null;
end $$;
drop trigger keep_organization_of_user on auth.membership;
create trigger keep_organization_of_user after insert or update of disabled_at on auth.membership
  for each row execute function auth.keep_organization_of_user();

create function auth.note_place_used() returns trigger
language plpgsql security definer set search_path = auth, pg_temp
as $$
begin
  update organization_of_user set last_used_at = clock_timestamp() where user_id = new.user_id and tenant_id = new.organization_id;
  return null;
end $$;
revoke all on function auth.note_place_used() from public;
create trigger note_place_used after insert on auth.session for each row execute function auth.note_place_used();

-- Where a person may go in, the place of last time first.
create or replace function auth.organizations_of_user(person uuid) returns table (organization_id uuid)
language sql stable security definer rows 3 set search_path = auth, pg_temp
begin atomic
  select tenant_id from auth.organization_of_user where user_id = person and not is_disabled
   order by last_used_at desc nulls last, joined_at, tenant_id;
end;

-- The same with what to call them, for the person themselves.
create function auth.places_of_user(person uuid) returns table (organization_id uuid, name text, slug text, erases_at timestamptz)
language sql stable security definer rows 3 set search_path = auth, pg_temp
begin atomic
  select place.tenant_id, card.name, card.slug, card.erases_at
    from auth.organization_of_user place join auth.organization_card card on card.tenant_id = place.tenant_id
   where place.user_id = person and not place.is_disabled
   order by card.name, place.tenant_id limit 50;
end;
revoke all on function auth.places_of_user(uuid) from public;
grant execute on function auth.places_of_user(uuid) to auth_app;

-- Organisations that were there before. Forced row-level security hides them from the owner of the table, so it is not
-- forced for the length of this transaction, under the lock that ALTER TABLE takes.
alter table auth.organization no force row level security;
insert into auth.organization_card (tenant_id, name, slug) select organization_id, name, slug from auth.organization;
alter table auth.organization force row level security;
