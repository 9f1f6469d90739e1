-- How a task comes again, and which one was made when it was done: no second one is made however often it is opened and done again.
alter table crm.task
  add column repeats        jsonb,
  -- May be gone by now.
  add column followed_by_id uuid;
comment on column crm.task.repeats is 'type: TaskRepeat';
