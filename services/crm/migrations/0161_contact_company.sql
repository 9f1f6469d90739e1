-- The company that `company` is the name of. What people have written stays, as a text of nobody's.
alter table crm.contact add column company_id uuid;
-- Every row from before is empty, so there is nothing to look through.
alter table crm.contact add constraint contact_company_fkey foreign key (organization_id, company_id) references crm.company (organization_id, id) not valid;
-- Empty as yet: built by one look at the table.
-- squawk-ignore require-concurrent-index-creation
create index contact_by_company on crm.contact (organization_id, company_id, last_activity_at desc, id desc)
  where company_id is not null and deleted_at is null;

alter table crm.timeline_entry add column company_id uuid;
-- squawk-ignore require-concurrent-index-creation
create index timeline_entry_by_company on crm.timeline_entry (organization_id, company_id, occurred_at desc, id desc) where company_id is not null;
