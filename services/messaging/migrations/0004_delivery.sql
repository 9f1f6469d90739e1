-- The ledger of what leaves: one row per outbound message. States and their rules: src/deliveries/delivery.ts.
create table messaging.delivery (
  organization_id  uuid not null default platform.current_organization(),
  message_id       uuid not null,
  conversation_id  uuid not null,
  channel_id       uuid not null,
  state            text not null check (state in ('queued', 'sending', 'sent', 'failed', 'unknown', 'held', 'cancelled')),
  -- C3: what asked for it (`draft:<id>`, `reply:<id>`). A retry, a redelivery, a restart finds the same row.
  idempotency_key  text not null,
  -- Rises only by a person's word (resolveMessage: send).
  resend_epoch     integer not null default 0,
  to_address       text not null,
  to_name          text,
  envelope_from    text not null,
  attempts         integer not null default 0,
  -- Failures that are retried; a refused login is not the message's fault and does not count (C7).
  deferrals        integer not null default 0,
  -- Number of the newest claim: the result of an older one is no longer accepted.
  fence            integer not null default 0,
  lease_until      timestamptz(3),
  next_attempt_at  timestamptz(3),
  reason           text,
  response         text,
  -- The newest inbound message that the writer had seen: with a newer one it is held instead of sent.
  answers_message_id uuid,
  newer_message_id uuid,
  sent_at          timestamptz(3),
  created_at       timestamptz(3) not null default now(),
  primary key (organization_id, message_id),
  unique (organization_id, idempotency_key),
  foreign key (organization_id, message_id) references messaging.message (organization_id, id) on delete cascade,
  foreign key (organization_id, conversation_id) references messaging.conversation (organization_id, id),
  foreign key (organization_id, channel_id) references messaging.channel (organization_id, id),
  check ((state = 'sending') = (lease_until is not null)),
  check ((state = 'queued') = (next_attempt_at is not null)),
  check (state <> 'sent' or sent_at is not null)
);
select platform.protect_tenant_table('messaging.delivery');
create index delivery_of_conversation on messaging.delivery (organization_id, conversation_id);
create index delivery_unsettled on messaging.delivery (organization_id, state, created_at)
  where state in ('queued', 'sending', 'unknown', 'held');

-- What would have left for the world while no relay is configured.
create table messaging.local_mail (
  organization_id uuid not null default platform.current_organization(),
  id              uuid not null default platform.uuid_v7(),
  message_id      uuid,
  conversation_id uuid,
  from_address    text not null,
  to_addresses    text[] not null,
  subject         text not null,
  text            text not null,
  rfc_message_id  text,
  reference_ids   text[] not null default '{}',
  source          bytea not null,
  received_at     timestamptz(3) not null default now(),
  primary key (organization_id, id)
);
select platform.protect_tenant_table('messaging.local_mail');
create index local_mail_newest on messaging.local_mail (organization_id, received_at desc, id desc);
create index local_mail_by_rfc_id on messaging.local_mail (organization_id, rfc_message_id);
