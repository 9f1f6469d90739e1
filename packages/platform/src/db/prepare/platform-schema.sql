-- What every service's migrations stand on. Idempotent: runs whenever this file changed. Owned by platform_owner.
-- A body that begins with `return` means what it meant when it was made, whatever the caller's search_path is; a `set` beside it would only
-- keep PostgreSQL from writing the function into each statement, which costs more than all that these do.

-- The organisation of this transaction, or null. Use it as `(select platform.current_organization())` in policies:
-- as an init-plan it is evaluated once per statement. The setting is '' (not null) after a transaction that set it.
create or replace function platform.current_organization() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.organization_id', true), '')::uuid;

-- RFC 9562 5.7: 48 bits of Unix milliseconds, version 7, the rest random. PostgreSQL has its own from 18 only.
create or replace function platform.uuid_v7() returns uuid
  language sql volatile parallel safe
  return encode(set_bit(set_bit(overlay(
    uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid;

-- What an organisation has one of without anybody making it, such as its first pipeline: services that never met give it the same id.
-- RFC 9562 5.8 (version 8), of the organisation and a name; `organization` is told where no transaction is of one, as in migrations.
create or replace function platform.derived_id(name text, organization uuid default platform.current_organization()) returns uuid
  language sql stable parallel safe
  return overlay(overlay(md5(organization::text || ':' || name) placing '8' from 13) placing 'a' from 17)::uuid;

-- Schema and service have one name; its roles are <service>_owner, _migrate, _app, _relay.
create or replace function platform.service_of(target regclass) returns text
  language sql stable set search_path = pg_catalog
  return (select nspname::text from pg_class join pg_namespace on pg_namespace.oid = relnamespace where pg_class.oid = target);

create or replace function platform.refuse_other_organization() returns trigger
  language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'a row of % cannot move to another organisation', tg_table_name using errcode = 'check_violation';
end $$;

-- A row may go when its whole organisation does: the mark of the erasure is set before, and cannot be taken back.
create or replace function platform.refuse_change() returns trigger
  language plpgsql set search_path = pg_catalog as $$
declare
  is_erased boolean := false;
begin
  if tg_op = 'DELETE' and tg_level = 'ROW' and to_regclass(format('%I.erased_organization', tg_table_schema)) is not null then
    execute format('select exists (select from %I.erased_organization where organization_id = $1)', tg_table_schema)
      into is_erased using (to_jsonb(old) ->> 'organization_id')::uuid; -- null in a table without one: never erased
    if is_erased then
      return old;
    end if;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

-- A table with organization_id: forced row-level security, DML for <service>_app in its organisation and nobody else.
-- Restrictive, so that no further permissive policy can ever widen it.
create or replace function platform.protect_tenant_table(target regclass) returns void
  language plpgsql set search_path = pg_catalog as $$
declare
  app text := platform.service_of(target) || '_app';
  own_rows constant text := 'organization_id = (select platform.current_organization())';
begin
  execute format('alter table %s enable row level security, force row level security', target);
  execute format('create policy tenant on %s as restrictive to public using (%s) with check (%s)', target, own_rows, own_rows);
  execute format('create policy app on %s as permissive for all to %I using (true) with check (true)', target, app);
  execute format('create trigger keep_organization before update on %s for each row '
    'when (new.organization_id is distinct from old.organization_id) execute function platform.refuse_other_organization()', target);
  execute format('grant select, insert, update, delete on %s to %I', target, app);
end $$;

-- The planner does not know of which organisation a statement will be, and takes it to be an average one: among many small ones the largest,
-- where plans matter, is read whole where 20 rows of an index would do. Told that there is one organisation, it takes the share of the
-- most frequent one (var_eq_non_const in selfuncs.c bounds the guess by it). For the tables of the current schema, from their next ANALYZE on.
create or replace function platform.plan_for_the_largest() returns void
  language plpgsql as $$
declare
  organization record;
begin
  for organization in
    select attrelid::regclass as target, attname from pg_attribute join pg_class on pg_class.oid = attrelid
     where relnamespace = current_schema()::regnamespace and relkind = 'r' and attname in ('organization_id', 'tenant_id') and attoptions is null
  loop
    execute format('alter table %s alter column %I set (n_distinct = 1)', organization.target, organization.attname);
  end loop;
end $$;

-- Lets <service>_relay work across organisations on one table ('select', 'select, update, delete', …).
-- The tenant policy then binds <service>_app alone; the table belongs on the reviewed list.
create or replace function platform.grant_relay(target regclass, privileges text) returns void
  language plpgsql set search_path = pg_catalog as $$
declare
  service text := platform.service_of(target);
begin
  if privileges !~ '^(select|insert|update|delete)(, *(select|insert|update|delete))*$' then
    raise exception 'not a list of privileges: %', privileges;
  end if;
  execute format('grant %s on %s to %I', privileges, target, service || '_relay');
  if exists (select from pg_policy where polrelid = target and polname = 'tenant') then
    execute format('alter policy tenant on %s to %I', target, service || '_app');
    execute format('create policy relay on %s as permissive for all to %I using (true) with check (true)', target, service || '_relay');
  end if;
end $$;

-- The outbox: a tenant table that the relay empties for all organisations.
create or replace function platform.protect_outbox_table(target regclass) returns void
  language plpgsql set search_path = pg_catalog as $$
begin
  perform platform.protect_tenant_table(target);
  perform platform.grant_relay(target, 'select, update, delete');
end $$;

-- Rows are written once: no role of the service may change or remove them, not even by a bug of the owner's functions.
create or replace function platform.make_append_only(target regclass) returns void
  language plpgsql set search_path = pg_catalog as $$
begin
  execute format('revoke update, delete, truncate on %s from %I', target, platform.service_of(target) || '_app');
  execute format('create trigger append_only before update or delete on %s for each row execute function platform.refuse_change()', target);
  execute format('create trigger append_only_truncate before truncate on %s for each statement execute function platform.refuse_change()', target);
end $$;

-- A table without organization_id, from the reviewed list: DML for <service>_app, no row-level security.
create or replace function platform.grant_global_table(target regclass) returns void
  language plpgsql set search_path = pg_catalog as $$
begin
  execute format('grant select, insert, update, delete on %s to %I', target, platform.service_of(target) || '_app');
end $$;


-- What the same keys write in the other layout, Russian or English: who forgot to switch typed "bdfyjd" for "иванов", or "фсьу" for "acme".
create or replace function platform.other_layout(typed text) returns text
language sql immutable strict parallel safe
return translate(lower(typed),
  'qwertyuiop[]asdfghjkl;''zxcvbnm,.`@' || 'йцукенгшщзхъфывапролджэячсмитьбюё"',
  'йцукенгшщзхъфывапролджэячсмитьбюё"' || 'qwertyuiop[]asdfghjkl;''zxcvbnm,.`@');

revoke execute on all functions in schema platform from public;
