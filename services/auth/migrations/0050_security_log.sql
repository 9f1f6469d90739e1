-- What an administrator must be able to prove later: who did what to identities and rights, from where, by which agent.
-- Append-only, and a chain: each entry's hash covers the one before it, so that a change by whoever owns the database shows.
create table auth.security_event (
  organization_id uuid        not null default platform.current_organization(),
  -- 1, 2, 3 … without gaps in the organisation.
  sequence        bigint      not null check (sequence > 0),
  occurred_at     timestamptz not null,
  kind            text        not null check (kind ~ '^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$' and length(kind) <= 60),
  actor_type      text        not null check (length(actor_type) <= 20),
  actor_id        text        check (length(actor_id) <= 200),
  -- Whom or what it was done to, where that is not the actor.
  about_type      text        check (length(about_type) <= 40),
  about_id        text        check (length(about_id) <= 200),
  address         text        check (length(address) <= 64),
  user_agent      text        check (length(user_agent) <= 300),
  request_id      text        check (length(request_id) <= 100),
  -- A flat JSON object exactly as it was written: the hash covers its text.
  details         text        not null check (length(details) <= 4000),
  prev_hash       bytea       not null check (length(prev_hash) = 32),
  hash            bytea       not null check (length(hash) = 32),
  primary key (organization_id, sequence),
  check ((about_type is null) = (about_id is null))
);
select platform.protect_tenant_table('auth.security_event');
select platform.make_append_only('auth.security_event');
create index security_event_by_kind on auth.security_event (organization_id, kind, sequence desc);
create index security_event_by_actor on auth.security_event (organization_id, actor_id, sequence desc);
create index security_event_by_about on auth.security_event (organization_id, about_id, sequence desc);
create index security_event_by_time on auth.security_event (organization_id, occurred_at);

-- What the last verification saw: an anchor, so that entries cut off at the end show too. Written by the daily job.
create table auth.security_log_check (
  organization_id uuid        not null default platform.current_organization() primary key,
  checked_at      timestamptz not null,
  -- The last sound entry.
  sequence        bigint      not null,
  hash            bytea       not null,
  broken_sequence bigint
);
select platform.protect_tenant_table('auth.security_log_check');

-- A part of the canonical text: its length in bytes, a colon, the value, a comma (netstrings); null is '-,'.
create function auth.security_part(value text) returns text
language sql immutable parallel safe
return case when value is null then '-,' else octet_length(convert_to(value, 'UTF8')) || ':' || value || ',' end;

-- SHA-256 over the hash before it and the parts in this order. The time is UTC in milliseconds, as the API shows it.
create function auth.security_event_hash(entry auth.security_event) returns bytea
language sql stable parallel safe
return sha256(entry.prev_hash || convert_to(
  auth.security_part(entry.organization_id::text) || auth.security_part(entry.sequence::text)
  || auth.security_part(to_char(entry.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  || auth.security_part(entry.kind) || auth.security_part(entry.actor_type) || auth.security_part(entry.actor_id)
  || auth.security_part(entry.about_type) || auth.security_part(entry.about_id)
  || auth.security_part(entry.address) || auth.security_part(entry.user_agent) || auth.security_part(entry.request_id)
  || auth.security_part(entry.details), 'UTF8'));

-- Appends one entry. Appends of one organisation queue up for as long as COMMIT takes: call it last in a transaction.
create function auth.append_security_event(
  event_kind text, by_type text, by_id text, of_type text, of_id text,
  from_address text, with_agent text, in_request text, with_details text
) returns void language plpgsql as $$
declare
  entry auth.security_event;
begin
  perform pg_advisory_xact_lock(hashtextextended('auth.security_event', 0) # hashtextextended(platform.current_organization()::text, 0));
  select sequence, hash into entry.sequence, entry.prev_hash
    from auth.security_event where organization_id = platform.current_organization() order by sequence desc limit 1;
  entry.organization_id := platform.current_organization();
  entry.sequence := coalesce(entry.sequence, 0) + 1;
  entry.prev_hash := coalesce(entry.prev_hash, decode(repeat('00', 32), 'hex'));
  entry.occurred_at := date_trunc('milliseconds', clock_timestamp());
  entry.kind := event_kind;
  entry.actor_type := by_type;
  entry.actor_id := by_id;
  entry.about_type := of_type;
  entry.about_id := of_id;
  entry.address := from_address;
  entry.user_agent := with_agent;
  entry.request_id := in_request;
  entry.details := with_details;
  entry.hash := auth.security_event_hash(entry);
  insert into auth.security_event select entry.*;
end $$;
