-- Projections of messaging's and crm's events: what a draft is written from.

create table ai.conversation (
  organization_id     uuid not null default platform.current_organization(),
  id                  uuid not null,
  contact_id          uuid,
  subject             text not null default '' check (length(subject) <= 1000),
  party_address       text not null default '',
  party_name          text,
  -- Newest message of the customer; drafts answer this one. Its sequence is the conversation's aggregate version.
  newest_inbound_id       uuid,
  newest_inbound_sequence integer not null default 0,
  created_at          timestamptz not null default now(),
  primary key (organization_id, id)
);
select platform.protect_tenant_table('ai.conversation');

create table ai.conversation_message (
  organization_id  uuid not null default platform.current_organization(),
  conversation_id  uuid not null,
  id               uuid not null,
  sequence         integer not null check (sequence > 0),
  direction        text not null check (direction in ('inbound', 'outbound')),
  text             text not null check (length(text) <= 20000),
  language         text,
  is_auto_reply    boolean not null default false,
  occurred_at      timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, conversation_id) references ai.conversation (organization_id, id) on delete cascade
);
create index conversation_message_newest on ai.conversation_message (organization_id, conversation_id, sequence desc);
select platform.protect_tenant_table('ai.conversation_message');

create table ai.contact (
  organization_id  uuid not null default platform.current_organization(),
  id               uuid not null,
  name             text not null,
  company          text,
  primary key (organization_id, id)
);
select platform.protect_tenant_table('ai.contact');
