-- A filter for a part of a position is narrowed by an index, as one for a part of a name is (0525_search_bounded.sql). As contact_search, what
-- the application cannot read, asked through one function; of those who have a position.
create table crm.contact_position (
  tenant_id  uuid not null,
  contact_id uuid not null,
  words      text not null,
  primary key (tenant_id, contact_id),
  foreign key (tenant_id, contact_id) references crm.contact (organization_id, id) on delete cascade
);
revoke all on crm.contact_position from public, crm_app;
create index contact_position_words on crm.contact_position using gin (tenant_id, words gin_trgm_ops)
  with (fastupdate = on, gin_pending_list_limit = 256);

-- Those of new contacts: with the words that they are found by.
create or replace function crm.keep_search_of_new_contacts() returns trigger
language plpgsql security definer set search_path = crm, pg_temp
as $$
begin
  insert into contact_search (tenant_id, contact_id, words)
  select made.organization_id, made.id, concat_ws(' ',
         contact_words(made.name, made.email, made.emails, made.phone, made.phones, made.telegrams, made.company),
         case when made.custom <> '{}' then fold_text(custom_words(made.organization_id, made.custom)) end)
    from made where made.deleted_at is null;
  insert into contact_position (tenant_id, contact_id, words)
  select made.organization_id, made.id, fold_text(made.position) from made where made.deleted_at is null and made.position is not null;
  return null;
end $$;

create function crm.keep_contact_position() returns trigger
language plpgsql security definer set search_path = crm, pg_temp
as $$
begin
  if new.deleted_at is not null or new.position is null then
    delete from contact_position where tenant_id = new.organization_id and contact_id = new.id;
  else
    insert into contact_position (tenant_id, contact_id, words) values (new.organization_id, new.id, fold_text(new.position))
    on conflict (tenant_id, contact_id) do update set words = excluded.words where contact_position.words <> excluded.words;
  end if;
  return null;
end $$;
revoke all on function crm.keep_contact_position() from public;
create trigger keep_contact_position after update on crm.contact
  for each row when (new.position is distinct from old.position or (new.deleted_at is null) <> (old.deleted_at is null))
  execute function crm.keep_contact_position();

-- Ids of the living contacts of the current organisation whose position has the fragment; null where those are more than `most`, or the fragment
-- is too short for the index.
create function crm.contacts_of_position(fragment text, most int) returns uuid[]
language plpgsql stable security definer
set search_path = crm, platform, pg_temp
as $$
declare
  folded constant text := crm.fold_text(fragment);
  ids uuid[];
begin
  if length(folded) < 3 then return null; end if;
  select array_agg(found.id) into ids from (
    select kept.contact_id as id from contact_position kept
     where kept.tenant_id = platform.current_organization()
       and kept.words like '%' || replace(replace(replace(folded, '\', '\\'), '%', '\%'), '_', '\_') || '%'
     limit most + 1) as found;
  return case when cardinality(ids) > most then null else coalesce(ids, '{}') end;
end $$;
revoke all on function crm.contacts_of_position(text, int) from public;
grant execute on function crm.contacts_of_position(text, int) to crm_app;
