-- Whoever removes a record for good asks for what refers to it, as the foreign keys do: of the deleted as well, which the indexes of lists leave out.
-- squawk-ignore require-concurrent-index-creation
create index contact_by_company_of_all on crm.contact (organization_id, company_id) where company_id is not null;
-- squawk-ignore require-concurrent-index-creation
create index deal_by_company_of_all on crm.deal (organization_id, company_id) where company_id is not null;
-- squawk-ignore require-concurrent-index-creation
create index note_by_contact_of_all on crm.note (organization_id, contact_id) where contact_id is not null;
-- squawk-ignore require-concurrent-index-creation
create index note_by_company_of_all on crm.note (organization_id, company_id) where company_id is not null;
-- squawk-ignore require-concurrent-index-creation
create index note_by_deal_of_all on crm.note (organization_id, deal_id) where deal_id is not null;
-- squawk-ignore require-concurrent-index-creation
create index file_by_contact_of_all on crm.file (organization_id, contact_id) where contact_id is not null;
-- squawk-ignore require-concurrent-index-creation
create index file_by_company_of_all on crm.file (organization_id, company_id) where company_id is not null;
-- squawk-ignore require-concurrent-index-creation
create index file_by_deal_of_all on crm.file (organization_id, deal_id) where deal_id is not null;

-- What an operation left as it was, or did in part only, page by page.
-- squawk-ignore require-concurrent-index-creation
create index operation_record_with_reason on crm.operation_record (organization_id, operation_id, ordinal) where code is not null;
