-- Records that the index beside the database has not been told of: where there is no such index, nothing is ever written here. Rows are
-- added and taken away, never changed, so that whoever adds and whoever takes never wait for each other.
create table crm.search_change (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null default platform.uuid_v7(),
  record          text        not null check (record in ('contact', 'company', 'deal')),
  record_id       uuid        not null,
  noted_at        timestamptz not null default now(),
  primary key (organization_id, id)
);
select platform.protect_tenant_table('crm.search_change');
-- A queue is never large for long: clean by dead rows alone.
alter table crm.search_change set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
