-- What is too large for one row: the raw source of a message (part 0) and its attachments (part = position + 1), in
-- rows that a driver writes and reads in a moment. Small bytes stay beside their facts, in source and content.
create table messaging.message_chunk (
  organization_id uuid not null default platform.current_organization(),
  message_id      uuid not null,
  part            integer not null check (part >= 0),
  position        integer not null check (position >= 0),
  bytes           bytea not null check (octet_length(bytes) between 1 and 1048576),
  primary key (organization_id, message_id, part, position),
  foreign key (organization_id, message_id) references messaging.message (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('messaging.message_chunk');
alter table messaging.message_chunk alter column bytes set storage external;

-- Null: the bytes are in message_chunk. Rows from before may be larger and stay readable where they are, hence "not valid".
-- A release that does not know chunks fails on reading such a message, and on nothing else.
-- squawk-ignore ban-drop-not-null
alter table messaging.raw_message alter column source drop not null;
alter table messaging.raw_message add constraint raw_message_source_is_small check (octet_length(source) <= 1048576) not valid;
-- squawk-ignore ban-drop-not-null
alter table messaging.attachment alter column content drop not null;
alter table messaging.attachment add constraint attachment_content_is_small check (octet_length(content) <= 1048576) not valid;
-- Null: the bytes are those of the message that it shows.
-- squawk-ignore ban-drop-not-null
alter table messaging.local_mail alter column source drop not null;
alter table messaging.local_mail add constraint local_mail_source_is_small check (octet_length(source) <= 1048576) not valid;
