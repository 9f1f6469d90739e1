-- Work on many records at once: a change, a deletion, an import, or taking one of them back. What is asked stands in `asked`, and
-- what whoever asks may do in `rights`: the job that does it later does no more.
create table crm.operation (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null default platform.uuid_v7(),
  kind            text        not null check (kind in ('change', 'tag', 'delete', 'restore', 'import', 'merge', 'undo')),
  record          text        not null check (record in ('contact', 'company', 'deal')),
  asked           jsonb       not null,
  rights          jsonb,
  status          text        not null default 'waiting' check (status in ('waiting', 'running', 'done', 'cancelled', 'failed')),
  -- How many records it is about; null while they are being looked for.
  total           integer     check (total >= 0),
  changed         integer     not null default 0 check (changed >= 0),
  unchanged       integer     not null default 0 check (unchanged >= 0),
  skipped         integer     not null default 0 check (skipped >= 0),
  -- How many were skipped, by the code of the error.
  reasons         jsonb       not null default '{}',
  started_by_id   uuid,
  -- The operation that this one takes back, and the one that took this one back.
  undoes_id       uuid,
  undone_by_id    uuid,
  created_at      timestamptz not null default date_trunc('milliseconds', now()),
  finished_at     timestamptz,
  primary key (organization_id, id)
);
select platform.protect_tenant_table('crm.operation');
select platform.grant_relay('crm.operation', 'select, delete');
create index operation_by_starter on crm.operation (organization_id, started_by_id, id desc);
comment on column crm.operation.asked is 'type: Record<string, unknown>';
comment on column crm.operation.rights is 'type: Record<string, unknown>';
comment on column crm.operation.reasons is 'type: Record<string, number>';

-- What became of each of them. `ordinal` is the place in the list, or the row of the file; versions are those of the events that it made.
create table crm.operation_record (
  organization_id uuid    not null default platform.current_organization(),
  operation_id    uuid    not null,
  ordinal         integer not null check (ordinal >= 0),
  record_id       uuid,
  outcome         text    not null default 'waiting' check (outcome in ('waiting', 'changed', 'unchanged', 'skipped')),
  -- The code of the error for which it was skipped.
  code            text    check (length(code) <= 100),
  -- What it was about: a field, who has the address.
  detail          text    check (length(detail) <= 500),
  first_version   integer,
  last_version    integer,
  primary key (organization_id, operation_id, ordinal),
  foreign key (organization_id, operation_id) references crm.operation (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('crm.operation_record');
create index operation_record_by_outcome on crm.operation_record (organization_id, operation_id, outcome, ordinal);
