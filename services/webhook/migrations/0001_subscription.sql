create table webhook.subscription (
  organization_id       uuid not null default platform.current_organization(),
  id                    uuid not null default platform.uuid_v7(),
  url                   text not null check (length(url) between 1 and 2048),
  description           text not null check (length(description) <= 200),
  event_types           text[] not null check (cardinality(event_types) between 1 and 100),
  is_enabled            boolean not null default true,
  disabled_reason       text check (disabled_reason in ('person', 'gone', 'failing')),
  disabled_at           timestamptz(3),
  -- Sealed with a key of the organisation, bound to organisation and row: a copy elsewhere does not open.
  sealed_secret         bytea not null,
  previous_secret       bytea,
  previous_secret_until timestamptz(3),
  -- First failure since the last success.
  failing_since         timestamptz(3),
  last_delivered_at     timestamptz(3),
  -- Its log goes in batches, then the row (purge-log.ts).
  deleted_at            timestamptz(3),
  version               integer not null default 1,
  created_at            timestamptz(3) not null default now(),
  primary key (organization_id, id),
  check (is_enabled = (disabled_reason is null)),
  check ((previous_secret is null) = (previous_secret_until is null))
);
select platform.protect_tenant_table('webhook.subscription');
create unique index subscription_of_url on webhook.subscription (organization_id, url) where deleted_at is null;
