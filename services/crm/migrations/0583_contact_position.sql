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

-- Those of new contacts, of all that one statement makes.
create function crm.keep_positions_of_new_contacts() returns trigger
language plpgsql security definer set search_path = crm, pg_temp
as $$
begin
  insert into contact_position (tenant_id, contact_id, words)
  select made.organization_id, made.id, fold_text(made.position) from made where made.deleted_at is null and made.position is not null;
  return null;
end $$;
revoke all on function crm.keep_positions_of_new_contacts() from public;
create trigger keep_positions_of_new_contacts after insert on crm.contact
  referencing new table as made for each statement execute function crm.keep_positions_of_new_contacts();

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

-- As 0525 has it, of positions as well.
create or replace function crm.records_having(record text, fragment text, most int) returns uuid[]
language plpgsql stable security definer
set search_path = crm, platform, pg_temp
as $$
declare
  folded constant text := crm.fold_text(fragment);
  words constant text := case record when 'contact_position' then record else record || '_search' end;
  id constant text := case record when 'contact_position' then 'contact_id' else record || '_id' end;
  ids uuid[];
begin
  if length(folded) < 3 or record not in ('contact', 'contact_position', 'company', 'deal') then return null; end if;
  execute format('select array_agg(found.id) from (select s.%I as id from %I s where s.tenant_id = $1 and s.words like $2 limit $3) as found', id, words)
    into ids using platform.current_organization(), '%' || replace(replace(replace(folded, '\', '\\'), '%', '\%'), '_', '\_') || '%', most + 1;
  return case when cardinality(ids) > most then null else coalesce(ids, '{}') end;
end $$;
