-- Answers of requests with Idempotency-Key, stored in the transaction of their effect and kept for 48 hours.
create table idempotency_key (
  organization_id uuid not null default platform.current_organization(),
  -- SHA-256 of principal, method, route template and key
  scope_hash      bytea not null check (octet_length(scope_hash) = 32),
  -- SHA-256 of everything the request asked for: another request with the same key is refused
  fingerprint     bytea not null check (octet_length(fingerprint) = 32),
  status          smallint not null check (status between 200 and 499),
  body            text not null,
  etag            text,
  created_at      timestamptz not null default now(),
  primary key (organization_id, scope_hash)
);
select platform.protect_tenant_table('idempotency_key');
select platform.grant_relay('idempotency_key', 'select, delete');
-- Only the retention sweep of all organisations reads by time; rows arrive in that order, so BRIN suffices.
create index idempotency_key_created_at on idempotency_key using brin (created_at);
