-- The one question across organisations: where does this person belong? The answer lies in a table that the application
-- has no right on; it asks one function, which is on the reviewed list. Asked only for who has proven to be this person.
create table auth.organization_of_user (
  user_id   uuid        not null,
  tenant_id uuid        not null,
  joined_at timestamptz not null,
  primary key (user_id, tenant_id),
  foreign key (tenant_id, user_id) references auth.membership (organization_id, user_id) on delete cascade
);
revoke all on auth.organization_of_user from public, auth_app;

create function auth.keep_organization_of_user() returns trigger
language plpgsql security definer set search_path = auth, pg_temp
as $$
begin
  insert into organization_of_user (user_id, tenant_id, joined_at) values (new.user_id, new.organization_id, new.joined_at);
  return null;
end $$;
revoke all on function auth.keep_organization_of_user() from public;

create trigger keep_organization_of_user after insert on auth.membership
  for each row execute function auth.keep_organization_of_user();

create function auth.organizations_of_user(person uuid) returns table (organization_id uuid)
language sql stable security definer rows 3 set search_path = auth, pg_temp
begin atomic
  select tenant_id from auth.organization_of_user where user_id = person order by joined_at, tenant_id;
end;
revoke all on function auth.organizations_of_user(uuid) from public;
grant execute on function auth.organizations_of_user(uuid) to auth_app;
