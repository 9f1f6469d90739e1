-- Everything of an organisation in one archive: what every service brought, compressed, until it is deleted.

-- States: running → ready → expired (its time is over) | removed (by an owner)
--         running → cancelled (by an owner; by the end of the organisation) | failed (a service could not, or took too long)
-- The row stays as history; files and chunks go when it is not running or ready any more.
create table auth.organization_export (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null default platform.uuid_v7(),
  state           text        not null default 'running' check (state in ('running', 'ready', 'expired', 'removed', 'cancelled', 'failed')),
  requested_by    uuid        not null,
  requested_at    timestamptz not null default now(),
  ready_at        timestamptz,
  expires_at      timestamptz,
  ended_at        timestamptz,
  -- The service that could not bring its part.
  problem         text        check (length(problem) between 1 and 40),
  row_count       bigint      not null default 0,
  file_count      bigint      not null default 0,
  size_bytes      bigint      not null default 0,
  archive_bytes   bigint      not null default 0,
  primary key (organization_id, id),
  check ((state = 'ready') <= (ready_at is not null and expires_at is not null)),
  check ((state in ('running', 'ready')) = (ended_at is null))
);
select platform.protect_tenant_table('auth.organization_export');
create unique index organization_export_running on auth.organization_export (organization_id) where state = 'running';

-- States: waiting → working → done; begun again (after a crash) with the next run, of which the earlier ones' files are no part.
create table auth.export_part (
  organization_id uuid        not null default platform.current_organization(),
  export_id       uuid        not null,
  service         text        not null check (length(service) between 1 and 40),
  state           text        not null default 'waiting' check (state in ('waiting', 'working', 'done')),
  run             integer     not null default 0,
  -- How many batches of this run are kept.
  batch           integer     not null default 0,
  row_count       bigint      not null default 0,
  file_count      bigint      not null default 0,
  size_bytes      bigint      not null default 0,
  -- Compressed.
  archive_bytes   bigint      not null default 0,
  primary key (organization_id, export_id, service),
  foreign key (organization_id, export_id) references auth.organization_export (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('auth.export_part');

create table auth.export_file (
  organization_id uuid        not null default platform.current_organization(),
  export_id       uuid        not null,
  -- Of the service; empty for what auth adds itself (the manifest).
  service         text        not null check (length(service) <= 40),
  run             integer     not null,
  position        integer     not null check (position >= 0),
  -- Of the whole path within the archive.
  name            text        not null check (length(name) between 1 and 95),
  row_count       bigint,
  size_bytes      bigint      not null check (size_bytes >= 0),
  sha256          bytea       not null check (length(sha256) = 32),
  primary key (organization_id, export_id, service, run, position),
  foreign key (organization_id, export_id) references auth.organization_export (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('auth.export_file');

-- Pieces of files in their order, each a gzip member of its own. A file's chunks may be here before the file is.
create table auth.export_chunk (
  organization_id uuid        not null default platform.current_organization(),
  export_id       uuid        not null,
  service         text        not null check (length(service) <= 40),
  run             integer     not null,
  position        integer     not null check (position >= 0),
  number          integer     not null check (number >= 0),
  bytes           bytea       not null check (octet_length(bytes) between 1 and 1048576),
  primary key (organization_id, export_id, service, run, position, number),
  foreign key (organization_id, export_id) references auth.organization_export (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('auth.export_chunk');
-- It is compressed already.
alter table auth.export_chunk alter column bytes set storage external;
