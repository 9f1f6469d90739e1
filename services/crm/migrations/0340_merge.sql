-- Of a record that went into another one: that other one. It is deleted as well, so that whatever looks at the living does not meet it.
alter table crm.contact add column merged_into uuid;
alter table crm.contact add constraint contact_merged_is_deleted check (merged_into is null or (deleted_at is not null and merged_into <> id)) not valid;
alter table crm.company add column merged_into uuid;
alter table crm.company add constraint company_merged_is_deleted check (merged_into is null or (deleted_at is not null and merged_into <> id)) not valid;

-- One record that went into another. states: moving (what belonged to it follows) → merged → separating (it goes back) → separated.
create table crm.record_merge (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null default platform.uuid_v7(),
  record          text        not null check (record in ('contact', 'company')),
  survivor_id     uuid        not null,
  merged_id       uuid        not null check (merged_id <> survivor_id),
  merged_name     text        not null,
  -- What the survivor got by it, from → to, by the field. A separation of an earlier merge takes what that had brought out of `from`.
  changes         jsonb       not null,
  state           text        not null check (state in ('moving', 'merged', 'separating', 'separated')),
  merged_by       jsonb       not null,
  merged_at       timestamptz not null default date_trunc('milliseconds', now()),
  separated_at    timestamptz,
  primary key (organization_id, id)
);
select platform.protect_tenant_table('crm.record_merge');
comment on column crm.record_merge.changes is 'type: MergedValues';
comment on column crm.record_merge.merged_by is 'type: Actor';
create index record_merge_by_time on crm.record_merge (organization_id, record, merged_at desc, id desc);
create index record_merge_by_survivor on crm.record_merge (organization_id, survivor_id, merged_at desc, id desc);
-- Nothing is in two others at a time.
create unique index record_merge_once on crm.record_merge (organization_id, merged_id) where state in ('moving', 'merged');

-- Where everything came from that went over with a merge: what goes back.
create table crm.merge_child (
  organization_id uuid not null default platform.current_organization(),
  merge_id        uuid not null,
  kind            text not null check (kind in ('deal', 'task', 'note', 'entry', 'contact', 'company')),
  child_id        uuid not null,
  -- Of a deal that had both contacts: the role of the one that went.
  detail          jsonb,
  primary key (organization_id, merge_id, kind, child_id),
  foreign key (organization_id, merge_id) references crm.record_merge (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('crm.merge_child');
comment on column crm.merge_child.detail is 'type: DealContact';

-- The living contact that has what was this one's: itself, unless it was merged. Over at most 50 merges.
create function crm.survivor_of_contact(contact_id uuid) returns uuid
language sql stable
begin atomic
  with recursive way (id, merged_into, step) as (
    select contact.id, contact.merged_into, 1 from crm.contact where contact.id = contact_id
    union all
    select contact.id, contact.merged_into, way.step + 1 from way join crm.contact on contact.id = way.merged_into where way.step < 50
  )
  select coalesce((select way.id from way order by way.step desc limit 1), contact_id);
end;

-- As survivor_of_contact.
create function crm.survivor_of_company(company_id uuid) returns uuid
language sql stable
begin atomic
  with recursive way (id, merged_into, step) as (
    select company.id, company.merged_into, 1 from crm.company where company.id = company_id
    union all
    select company.id, company.merged_into, way.step + 1 from way join crm.company on company.id = way.merged_into where way.step < 50
  )
  select coalesce((select way.id from way order by way.step desc limit 1), company_id);
end;

-- Whom a conversation is with follows a merge in the same transaction.
-- squawk-ignore require-concurrent-index-creation
create index conversation_contact_by_contact on crm.conversation_contact (organization_id, contact_id) where contact_id is not null;
