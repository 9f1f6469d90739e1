-- One row per (subscription, event): the ledger of what is told to whom. States: src/deliveries/delivery.ts.
create table webhook.delivery (
  organization_id  uuid not null default platform.current_organization(),
  id               uuid not null default platform.uuid_v7(),
  subscription_id  uuid not null,
  event_id         uuid not null,
  event_type       text not null,
  -- The exact text that is signed and sent, in every attempt.
  payload          text not null,
  state            text not null default 'pending' check (state in ('pending', 'sending', 'delivered', 'waiting', 'failed')),
  -- The next attempt; while sending the end of the claim. Null when nothing follows.
  due_at           timestamptz(3) default now(),
  give_up_at       timestamptz(3) not null default now() + interval '72 hours',
  attempts         integer not null default 0,
  -- Attempts since it was planned last: a person's word begins a new round.
  round_attempts   integer not null default 0,
  -- Number of the newest claim: the result of an older one is no longer accepted.
  fence            integer not null default 0,
  last_status      integer,
  failure          text check (failure in ('status', 'gone', 'url', 'address', 'name', 'connect', 'tls', 'timeout', 'too-large', 'redirect', 'protocol', 'interrupted', 'disabled')),
  delivered_at     timestamptz(3),
  settled_at       timestamptz(3),
  created_at       timestamptz(3) not null default now(),
  primary key (organization_id, id),
  unique (organization_id, subscription_id, event_id),
  foreign key (organization_id, subscription_id) references webhook.subscription (organization_id, id),
  check ((state in ('delivered', 'failed')) = (due_at is null))
);
select platform.protect_tenant_table('webhook.delivery');
create index delivery_due on webhook.delivery (organization_id, subscription_id, due_at) where due_at is not null;
create index delivery_newest on webhook.delivery (organization_id, subscription_id, id desc);
create index delivery_failed on webhook.delivery (organization_id, subscription_id, settled_at) where state = 'failed';
create index delivery_created on webhook.delivery (organization_id, created_at);

create table webhook.attempt (
  organization_id  uuid not null default platform.current_organization(),
  delivery_id      uuid not null,
  number           integer not null,
  started_at       timestamptz(3) not null,
  duration_ms      integer not null,
  status           integer,
  failure          text check (failure in ('status', 'gone', 'url', 'address', 'name', 'connect', 'tls', 'timeout', 'too-large', 'redirect', 'protocol', 'interrupted')),
  excerpt          text not null check (length(excerpt) <= 1024),
  primary key (organization_id, delivery_id, number),
  foreign key (organization_id, delivery_id) references webhook.delivery (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('webhook.attempt');
