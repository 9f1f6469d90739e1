-- What is said with one party about one subject. The facts of the newest message are kept here, so that the list
-- is one index walk.
create table messaging.conversation (
  organization_id         uuid not null default platform.current_organization(),
  id                      uuid not null default platform.uuid_v7(),
  channel_id              uuid not null,
  subject                 text not null check (length(subject) <= 1000),
  party_address           text not null check (party_address = lower(party_address)),
  party_name              text,
  contact_id              uuid,
  status                  text not null default 'open' check (status in ('open', 'snoozed', 'closed')),
  assignee_id             uuid,
  snoozed_until           timestamptz(3),
  snippet                 text not null default '' check (length(snippet) <= 300),
  last_message_at         timestamptz(3) not null default now(),
  last_direction          text not null check (last_direction in ('inbound', 'outbound')),
  last_inbound_message_id uuid,
  last_inbound_at         timestamptz(3),
  message_count           integer not null default 0,
  -- Counts the changes that people make (status, assignee, snooze): a new message is no editing conflict.
  version                 integer not null default 1,
  created_at              timestamptz(3) not null default now(),
  search_text             text generated always as (
    lower(subject || ' ' || party_address || ' ' || coalesce(party_name, '') || ' ' || snippet)
  ) stored,
  primary key (organization_id, id),
  foreign key (organization_id, channel_id) references messaging.channel (organization_id, id),
  check ((status = 'snoozed') = (snoozed_until is not null))
);
select platform.protect_tenant_table('messaging.conversation');

-- One index per folder, in the order of the list.
create index conversation_newest on messaging.conversation (organization_id, last_message_at desc, id desc);
create index conversation_by_status on messaging.conversation (organization_id, status, last_message_at desc, id desc);
create index conversation_mine on messaging.conversation (organization_id, assignee_id, last_message_at desc, id desc)
  where status = 'open' and assignee_id is not null;
create index conversation_unassigned on messaging.conversation (organization_id, last_message_at desc, id desc)
  where status = 'open' and assignee_id is null;
create index conversation_of_contact on messaging.conversation (organization_id, contact_id, last_message_at desc, id desc)
  where contact_id is not null;
create index conversation_without_contact on messaging.conversation (organization_id, party_address)
  where contact_id is null;

-- Up to which inbound message a person has seen a conversation.
create table messaging.conversation_read (
  organization_id uuid not null default platform.current_organization(),
  user_id         uuid not null,
  conversation_id uuid not null,
  seen_inbound_at timestamptz(3) not null,
  primary key (organization_id, user_id, conversation_id),
  foreign key (organization_id, conversation_id) references messaging.conversation (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('messaging.conversation_read');
create index conversation_read_of_conversation on messaging.conversation_read (organization_id, conversation_id);

-- Projection of contact.*: which contact has which address.
create table messaging.contact_address (
  organization_id uuid not null default platform.current_organization(),
  contact_id      uuid not null,
  address         text not null check (address = lower(address)),
  primary key (organization_id, contact_id)
);
select platform.protect_tenant_table('messaging.contact_address');
create index contact_address_by_address on messaging.contact_address (organization_id, address, contact_id);
