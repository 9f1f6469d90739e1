-- Records that are new or were changed, until a job has compared them with the others: many at a time.
create table crm.unmatched_record (
  organization_id uuid    not null default platform.current_organization(),
  record          text    not null check (record in ('contact', 'company')),
  record_id       uuid    not null,
  -- How often it was noted: what changes while it is compared is compared again.
  times           integer not null default 1,
  primary key (organization_id, record, record_id)
);
select platform.protect_tenant_table('crm.unmatched_record');
