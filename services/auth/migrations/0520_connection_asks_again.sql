-- The organisation says that this provider asks its people anew whenever it is told to (`prompt=login`), though it does not say when it has (`auth_time`).
alter table auth.sso_connection add column is_trusted_to_ask_again boolean not null default false;
