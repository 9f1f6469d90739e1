-- Whoever takes an operation back asks which other rows of it are about the same record, and how many records there are.
-- squawk-ignore require-concurrent-index-creation
create index operation_record_by_record on crm.operation_record (organization_id, operation_id, record_id) where outcome = 'changed';
