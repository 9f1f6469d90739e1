create table crm.task (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null default platform.uuid_v7(),
  title           text        not null check (length(title) between 1 and 200),
  note            text        check (length(note) <= 5000),
  due_at          timestamptz,
  remind_at       timestamptz,
  reminded_at     timestamptz,
  assignee_id     uuid,
  -- What the task is about: who may see that, may see the task.
  contact_id      uuid,
  company_id      uuid,
  deal_id         uuid,
  created_by_id   uuid,
  done_at         timestamptz,
  created_at      timestamptz not null default date_trunc('milliseconds', now()),
  updated_at      timestamptz not null default date_trunc('milliseconds', now()),
  -- Counts the task.* events of this row.
  version         integer     not null default 1,
  deleted_at      timestamptz,
  -- Keeps the keyset free of nulls: a task that is due at no time comes last, one that is not done was done never.
  sort_due        timestamptz not null generated always as (coalesce(due_at, 'infinity')) stored,
  sort_done       timestamptz not null generated always as (coalesce(done_at, '-infinity')) stored,
  primary key (organization_id, id),
  foreign key (organization_id, contact_id) references crm.contact (organization_id, id),
  foreign key (organization_id, company_id) references crm.company (organization_id, id),
  foreign key (organization_id, deal_id) references crm.deal (organization_id, id),
  check (num_nonnulls(contact_id, company_id, deal_id) <= 1)
);
select platform.protect_tenant_table('crm.task');

create index task_open on crm.task (organization_id, sort_due, id) where done_at is null and deleted_at is null;
create index task_done on crm.task (organization_id, sort_done desc, id desc) where done_at is not null and deleted_at is null;
create index task_open_of_assignee on crm.task (organization_id, assignee_id, sort_due, id) where done_at is null and deleted_at is null;
create index task_by_contact on crm.task (organization_id, contact_id, sort_due, id) where contact_id is not null;
create index task_by_company on crm.task (organization_id, company_id, sort_due, id) where company_id is not null;
create index task_by_deal on crm.task (organization_id, deal_id, sort_due, id) where deal_id is not null;
