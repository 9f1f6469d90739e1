-- What let go of a record because it was deleted, so that it can be taken back when the record is restored: deals of a contact,
-- people, deals and daughters of a company.
create table crm.let_go (
  organization_id uuid not null default platform.current_organization(),
  -- The one that was deleted.
  record_id       uuid not null,
  kind            text not null check (kind in ('contact-of-deal', 'company-of-contact', 'company-of-deal', 'parent-of-company')),
  -- The one that let go of it.
  of_id           uuid not null,
  -- The part that a contact had in a deal.
  role            text check (length(role) <= 100),
  primary key (organization_id, record_id, kind, of_id)
);
select platform.protect_tenant_table('crm.let_go');

-- The trash: what was deleted last comes first. Little is deleted so far: the indexes are made in a moment.
-- squawk-ignore require-concurrent-index-creation
create index contact_by_deletion on crm.contact (organization_id, deleted_at desc, id desc) where deleted_at is not null;
-- squawk-ignore require-concurrent-index-creation
create index company_by_deletion on crm.company (organization_id, deleted_at desc, id desc) where deleted_at is not null;
-- squawk-ignore require-concurrent-index-creation
create index deal_by_deletion on crm.deal (organization_id, deleted_at desc, id desc) where deleted_at is not null;
