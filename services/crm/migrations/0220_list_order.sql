-- What lists can be walked by. Plain columns, as sort_name: comparisons of columns are leakproof and reach the index under row-level security.
-- Rewrites the tables once, in the transaction of the release: records are changed by people, who wait the seconds that it takes.
-- squawk-ignore adding-field-with-default
alter table crm.contact add column sort_company text generated always as (crm.fold_text(company)) stored;
-- squawk-ignore adding-field-with-default
alter table crm.company add column sort_industry text generated always as (crm.fold_text(industry)) stored;
-- Sizes in their order, by how many people they begin with.
-- squawk-ignore adding-field-with-default
alter table crm.company add column sort_size integer generated always as (substring(size from '^\d+')::integer) stored;

-- Each answers both halves of a walk: records with a value in their order, then those without in the order of their ids.
-- squawk-ignore require-concurrent-index-creation
create index contact_by_email on crm.contact (organization_id, email, id) where deleted_at is null;
-- squawk-ignore require-concurrent-index-creation
create index contact_by_company_name on crm.contact (organization_id, sort_company, id) where deleted_at is null;
-- squawk-ignore require-concurrent-index-creation
create index contact_by_change on crm.contact (organization_id, updated_at, id) where deleted_at is null;
-- squawk-ignore require-concurrent-index-creation
create index company_by_industry on crm.company (organization_id, sort_industry, id) where deleted_at is null;
-- squawk-ignore require-concurrent-index-creation
create index company_by_size on crm.company (organization_id, sort_size, id) where deleted_at is null;
-- squawk-ignore require-concurrent-index-creation
create index company_by_change on crm.company (organization_id, updated_at, id) where deleted_at is null;
-- squawk-ignore require-concurrent-index-creation
create index deal_by_amount on crm.deal (organization_id, amount_minor, id) where deleted_at is null;
-- squawk-ignore require-concurrent-index-creation
create index deal_by_change on crm.deal (organization_id, updated_at, id) where deleted_at is null;
