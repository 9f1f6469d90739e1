-- How far the rights of the asker reached when the answer was stored: a repeat after they changed must not read it.
-- Null on answers of the release before.
alter table idempotency_key add column scopes_hash bytea;
