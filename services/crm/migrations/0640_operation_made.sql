-- Companies and tags that an import made beside its records, because rows named them: whoever takes it back takes those back that nobody uses.
create table crm.operation_made (
  organization_id uuid    not null default platform.current_organization(),
  operation_id    uuid    not null,
  -- In the order in which they were made.
  place           integer not null check (place >= 0),
  kind            text    not null check (kind in ('company', 'tag')),
  record_id       uuid    not null,
  -- Of the event that made it, took it away or brought it back last.
  version         integer not null,
  -- The operation that took it away; null while it is there.
  gone_by_id      uuid,
  primary key (organization_id, operation_id, place),
  foreign key (organization_id, operation_id) references crm.operation (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('crm.operation_made');
select platform.grant_relay('crm.operation_made', 'select, delete');
