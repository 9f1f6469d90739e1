-- When the update got its number, by the clock of the database: a screen that has just been fetched asks for what was numbered meanwhile.
-- The first default is the same for all rows there are, so none is written anew.
alter table websocket.live_update add column numbered_at timestamptz not null default now();
alter table websocket.live_update alter column numbered_at set default clock_timestamp();
