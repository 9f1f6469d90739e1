-- A mailbox of the organisation: where customers write to and replies come from.
create table messaging.channel (
  organization_id  uuid not null default platform.current_organization(),
  id               uuid not null default platform.uuid_v7(),
  kind             text not null default 'email' check (kind in ('email')),
  name             text not null check (length(name) between 1 and 100),
  address          text not null check (address = lower(address) and length(address) <= 320),
  signature        text not null default '' check (length(signature) <= 2000),
  version          integer not null default 1,
  last_inbound_at  timestamptz(3),
  last_outbound_at timestamptz(3),
  last_error       text,
  -- C7: a refused login stops the mailbox, not the message.
  paused_until     timestamptz(3),
  created_at       timestamptz(3) not null default now(),
  primary key (organization_id, id),
  unique (organization_id, address)
);
select platform.protect_tenant_table('messaging.channel');

-- Whose mail is it? Asked at RCPT TO, before any organisation is known, hence outside row-level security.
-- The application has no right on the table: it asks and claims through the two functions below.
create table messaging.inbound_address (
  address    text primary key check (address = lower(address)),
  tenant_id  uuid not null,
  channel_id uuid not null
);
revoke all on messaging.inbound_address from public;

-- One exact address in, at most one row out: nothing can be listed or guessed by pattern.
create function messaging.find_inbound_address(wanted text)
  returns table (organization_id uuid, channel_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select tenant_id, channel_id from messaging.inbound_address where address = lower(wanted) $$;

-- Claims an address for the organisation of the transaction. An address of another organisation stays theirs.
create function messaging.claim_inbound_address(wanted text, channel uuid)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
declare
  tenant uuid := platform.current_organization();
begin
  if tenant is null then
    raise exception 'an address is claimed inside an organisation only';
  end if;
  insert into messaging.inbound_address (address, tenant_id, channel_id)
  values (lower(wanted), tenant, channel)
  on conflict (address) do nothing;
  return exists (
    select 1 from messaging.inbound_address
    where address = lower(wanted) and tenant_id = tenant and channel_id = channel
  );
end $$;

revoke all on function messaging.find_inbound_address(text) from public;
revoke all on function messaging.claim_inbound_address(text, uuid) from public;
grant execute on function messaging.find_inbound_address(text) to messaging_app;
grant execute on function messaging.claim_inbound_address(text, uuid) to messaging_app;
