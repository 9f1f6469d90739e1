-- Tasks and notes are found by their texts, as records are by their names: as contact_search, what the application cannot read, asked through
-- one function each (0002_contact_search.sql, 0390_other_layout.sql).
create table crm.task_search (
  tenant_id uuid not null,
  task_id    uuid not null,
  words     text not null,
  primary key (tenant_id, task_id),
  foreign key (tenant_id, task_id) references crm.task (organization_id, id) on delete cascade
);
revoke all on crm.task_search from public, crm_app;
create index task_search_words on crm.task_search using gin (tenant_id, words gin_trgm_ops)
  with (fastupdate = on, gin_pending_list_limit = 256);

create function crm.keep_task_search() returns trigger
language plpgsql security definer set search_path = crm, pg_temp
as $$
begin
  if new.deleted_at is not null then
    delete from task_search where tenant_id = new.organization_id and task_id = new.id;
    return null;
  end if;
  insert into task_search (tenant_id, task_id, words) values (new.organization_id, new.id, ' ' || fold_text(concat_ws(' ', new.title, new.note)))
  on conflict (tenant_id, task_id) do update set words = excluded.words where task_search.words <> excluded.words;
  return null;
end $$;
revoke all on function crm.keep_task_search() from public;
create trigger keep_task_search after insert or update of title, note, deleted_at on crm.task
  for each row execute function crm.keep_task_search();

create function crm.search_task(query text) returns setof uuid
language sql stable security definer rows 100 set search_path = crm, platform, pg_temp
as $$ select find_words('task', query) $$;
revoke all on function crm.search_task(text) from public;
grant execute on function crm.search_task(text) to crm_app;

create table crm.note_search (
  tenant_id uuid not null,
  note_id    uuid not null,
  words     text not null,
  primary key (tenant_id, note_id),
  foreign key (tenant_id, note_id) references crm.note (organization_id, id) on delete cascade
);
revoke all on crm.note_search from public, crm_app;
create index note_search_words on crm.note_search using gin (tenant_id, words gin_trgm_ops)
  with (fastupdate = on, gin_pending_list_limit = 256);

create function crm.keep_note_search() returns trigger
language plpgsql security definer set search_path = crm, pg_temp
as $$
begin
  if new.deleted_at is not null then
    delete from note_search where tenant_id = new.organization_id and note_id = new.id;
    return null;
  end if;
  insert into note_search (tenant_id, note_id, words) values (new.organization_id, new.id, ' ' || fold_text(new.body))
  on conflict (tenant_id, note_id) do update set words = excluded.words where note_search.words <> excluded.words;
  return null;
end $$;
revoke all on function crm.keep_note_search() from public;
create trigger keep_note_search after insert or update of body, deleted_at on crm.note
  for each row execute function crm.keep_note_search();

create function crm.search_note(query text) returns setof uuid
language sql stable security definer rows 100 set search_path = crm, platform, pg_temp
as $$ select find_words('note', query) $$;
revoke all on function crm.search_note(text) from public;
grant execute on function crm.search_note(text) to crm_app;

alter table crm.search_change drop constraint search_change_record_check;
alter table crm.search_change add constraint search_change_record_check check (record in ('contact', 'company', 'deal', 'task', 'note')) not valid;
