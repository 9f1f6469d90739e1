-- What comes in bulk, as of an import, is published when nothing else waits, but never out of turn: an event of a record that has others in bulk
-- before it takes those along. Null: an event like any other.
alter table outbox add column bulk_aggregate_id uuid, add column bulk_at timestamptz;
-- A queue is never large for long.
-- squawk-ignore require-concurrent-index-creation
create index outbox_ordinary on outbox (position) where bulk_aggregate_id is null;
-- squawk-ignore require-concurrent-index-creation
create index outbox_bulk_position on outbox (position) where bulk_aggregate_id is not null;
-- squawk-ignore require-concurrent-index-creation
create index outbox_bulk on outbox (bulk_aggregate_id, position) where bulk_aggregate_id is not null;
