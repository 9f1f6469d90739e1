-- What a person who is erased left in the notes of operations.
-- squawk-ignore require-concurrent-index-creation
create index operation_record_with_detail on crm.operation_record (organization_id, record_id) where detail is not null;
