-- The addresses of the organisation of the transaction lead nowhere from now on.
create function messaging.release_inbound_addresses() returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp
  as $$ delete from messaging.inbound_address where tenant_id = platform.current_organization() $$;
revoke all on function messaging.release_inbound_addresses() from public;
grant execute on function messaging.release_inbound_addresses() to messaging_app;
