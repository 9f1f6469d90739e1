-- A message as people read it. What arrived or leaves, byte for byte, is in raw_message.
create table messaging.message (
  organization_id  uuid not null default platform.current_organization(),
  id               uuid not null default platform.uuid_v7(),
  conversation_id  uuid not null,
  channel_id       uuid not null,
  direction        text not null check (direction in ('inbound', 'outbound')),
  from_address     text not null,
  from_name        text,
  -- Where an answer goes when the sender asks for another address (RFC 5322 section 3.6.2).
  reply_to_address text,
  to_parties       jsonb not null default '[]',
  cc_parties       jsonb not null default '[]',
  subject          text not null check (length(subject) <= 1000),
  text             text not null,
  quoted_text      text,
  html             text,
  language         text,
  flags            text[] not null default '{}',
  is_auto_reply    boolean not null default false,
  attachment_count integer not null default 0,
  author_id        uuid,
  draft_id         uuid,
  -- Without angle brackets.
  rfc_message_id   text check (length(rfc_message_id) <= 998),
  -- The chain before it, oldest first (RFC 5322 section 3.6.4).
  reference_ids    text[] not null default '{}',
  created_at       timestamptz(3) not null default now(),
  -- Inbound only. Same mail, whatever way it took: Message-ID and content together, so that a mailer that gives
  -- one Message-ID to everything loses nothing.
  content_key      bytea,
  -- Inbound only. Same bytes: also where one delivery was parsed and the other was not.
  source_key       bytea,
  primary key (organization_id, id),
  foreign key (organization_id, conversation_id) references messaging.conversation (organization_id, id),
  foreign key (organization_id, channel_id) references messaging.channel (organization_id, id),
  check ((direction = 'inbound') = (content_key is not null)),
  check ((direction = 'inbound') = (source_key is not null))
);
select platform.protect_tenant_table('messaging.message');

create index message_of_conversation on messaging.message (organization_id, conversation_id, created_at desc, id desc);
-- Threading (C12).
create index message_by_rfc_id on messaging.message (organization_id, channel_id, rfc_message_id) where rfc_message_id is not null;
-- One mail is stored once, however often and however concurrently it is delivered.
create unique index message_content_once on messaging.message (organization_id, channel_id, content_key);
create unique index message_source_once on messaging.message (organization_id, channel_id, source_key);

create table messaging.raw_message (
  organization_id uuid not null default platform.current_organization(),
  message_id      uuid not null,
  source          bytea not null,
  sha256          bytea not null,
  size_bytes      integer not null,
  envelope_from   text not null,
  envelope_to     text[] not null,
  primary key (organization_id, message_id),
  foreign key (organization_id, message_id) references messaging.message (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('messaging.raw_message');
-- Base64 does not compress well enough to pay for the time.
alter table messaging.raw_message alter column source set storage external;

create table messaging.attachment (
  organization_id uuid not null default platform.current_organization(),
  id              uuid not null default platform.uuid_v7(),
  message_id      uuid not null,
  position        integer not null,
  file_name       text not null check (length(file_name) between 1 and 255),
  content_type    text not null,
  size_bytes      integer not null,
  -- Content-ID of an embedded image, without angle brackets: what cid: in the HTML refers to.
  content_id      text,
  content         bytea not null,
  primary key (organization_id, id),
  unique (organization_id, message_id, position),
  foreign key (organization_id, message_id) references messaging.message (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('messaging.attachment');
alter table messaging.attachment alter column content set storage external;
