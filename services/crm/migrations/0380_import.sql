-- Files of contacts that are read in. The states are told by packages/contracts/src/crm/imports.ts.
create table crm.import (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null default platform.uuid_v7(),
  state           text        not null default 'uploading' check (state in ('uploading', 'analysing', 'mapping', 'checking', 'checked', 'started', 'refused')),
  file_name       text        not null check (length(file_name) between 1 and 255),
  size_bytes      integer     not null check (size_bytes > 0),
  -- Where what was found out of a CSV file is wrong.
  reading         jsonb       not null default '{}',
  analysis        jsonb,
  -- Of the headings: by it the next file of this form is known again.
  signature       text,
  settings        jsonb,
  forecast        jsonb,
  problem         jsonb,
  seen            integer     not null default 0 check (seen >= 0),
  -- What whoever imports may do, for the jobs that go on with it.
  rights          jsonb,
  operation_id    uuid,
  created_by_id   uuid,
  created_at      timestamptz not null default date_trunc('milliseconds', now()),
  primary key (organization_id, id),
  foreign key (organization_id, operation_id) references crm.operation (organization_id, id) on delete set null (operation_id)
);
select platform.protect_tenant_table('crm.import');
select platform.grant_relay('crm.import', 'select, delete');
create index import_by_creator on crm.import (organization_id, created_by_id, id desc);
create index import_by_signature on crm.import (organization_id, signature, id desc) where signature is not null and settings is not null;
create index import_by_operation on crm.import (organization_id, operation_id) where operation_id is not null;
comment on column crm.import.reading is 'type: ImportReading';
comment on column crm.import.analysis is 'type: ImportAnalysis | null';
comment on column crm.import.settings is 'type: ImportSettings | null';
comment on column crm.import.forecast is 'type: ImportForecast | null';
comment on column crm.import.problem is 'type: ImportProblem | null';
comment on column crm.import.rights is 'type: Record<string, unknown>';

-- The file, in pieces that every replica can put together.
create table crm.import_chunk (
  organization_id uuid        not null default platform.current_organization(),
  import_id       uuid        not null,
  position        integer     not null check (position >= 0),
  bytes           bytea       not null check (length(bytes) between 1 and 524288),
  created_at      timestamptz not null default now(),
  primary key (organization_id, import_id, position),
  foreign key (organization_id, import_id) references crm.import (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('crm.import_chunk');
select platform.grant_relay('crm.import_chunk', 'select, delete');

-- Rows that were refused, as they stand in the file, with the reason.
create table crm.import_refusal (
  organization_id uuid    not null default platform.current_organization(),
  import_id       uuid    not null,
  row_number      integer not null check (row_number > 0),
  message         text    not null check (length(message) <= 500),
  cells           jsonb   not null,
  primary key (organization_id, import_id, row_number),
  foreign key (organization_id, import_id) references crm.import (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('crm.import_refusal');
comment on column crm.import_refusal.cells is 'type: string[]';

-- Contacts that came by a file. Rows from before have one of the others: nothing has to be looked through.
alter table crm.contact drop constraint contact_source_check;
alter table crm.contact add constraint contact_source_check check (source in ('manual', 'message', 'import')) not valid;
