-- The words of the tasks and notes from before. One that is changed meanwhile waits, so that the two do not miss each other.
insert into crm.task_search (tenant_id, task_id, words)
select organization_id, id, ' ' || crm.fold_text(concat_ws(' ', title, note))
  from (select organization_id, id, title, note from crm.task where deleted_at is null for share) as living
    on conflict do nothing;
insert into crm.note_search (tenant_id, note_id, words)
select organization_id, id, ' ' || crm.fold_text(body)
  from (select organization_id, id, body from crm.note where deleted_at is null for share) as living
    on conflict do nothing;
