-- Which contact a conversation is about, as far as CRM knows. Every event of a conversation takes this row first, which
-- also puts the consumers of one conversation in line: an entry written while the contact becomes known is not missed.
create table crm.conversation_contact (
  organization_id uuid not null default platform.current_organization(),
  conversation_id uuid not null,
  contact_id      uuid,
  primary key (organization_id, conversation_id)
);
select platform.protect_tenant_table('crm.conversation_contact');

-- A projection of the events of all services, one row per event. No foreign key: events of different aggregates arrive in
-- any order, and a story outlives what it is about.
create table crm.timeline_entry (
  organization_id uuid        not null default platform.current_organization(),
  -- The id of the event.
  id              uuid        not null,
  -- Null while it is not known whom the conversation is with.
  contact_id      uuid,
  conversation_id uuid,
  type            text        not null,
  occurred_at     timestamptz not null,
  actor           jsonb       not null,
  excerpt         text        check (length(excerpt) <= 400),
  data            jsonb       not null,
  primary key (organization_id, id)
);
select platform.protect_tenant_table('crm.timeline_entry');

create index timeline_entry_by_contact on crm.timeline_entry (organization_id, contact_id, occurred_at desc, id desc);
create index timeline_entry_by_conversation on crm.timeline_entry (organization_id, conversation_id) where conversation_id is not null;

comment on column crm.timeline_entry.actor is 'type: Actor';
comment on column crm.timeline_entry.data is 'The data of the event without its long parts. type: Record<string, unknown>';
