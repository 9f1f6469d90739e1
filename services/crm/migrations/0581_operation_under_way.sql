-- Whether an import of the organisation is under way: asked by jobs that wait for its end.
-- One look at a table that has a row for each operation that somebody has ever started: milliseconds.
-- squawk-ignore require-concurrent-index-creation
create index import_under_way on crm.operation (organization_id, record) where kind = 'import' and status in ('waiting', 'running');
