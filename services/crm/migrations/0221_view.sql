-- What people keep of a list: how it is filtered, in which order, with which columns. A personal one is its owner's alone.
create table crm.view (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null default platform.uuid_v7(),
  record          text        not null check (record in ('contact', 'company', 'deal')),
  name            text        not null check (length(name) between 1 and 100),
  is_shared       boolean     not null,
  owner_id        uuid        not null,
  filter          jsonb,
  sort            text        check (length(sort) <= 60),
  direction       text        check (direction in ('asc', 'desc')),
  columns         jsonb       not null,
  -- Its place among the tabs, ascending.
  position        integer     not null,
  created_at      timestamptz not null default date_trunc('milliseconds', now()),
  updated_at      timestamptz not null default date_trunc('milliseconds', now()),
  -- Counts the view.* events of this row.
  version         integer     not null default 1,
  deleted_at      timestamptz,
  primary key (organization_id, id),
  check ((sort is null) = (direction is null))
);
select platform.protect_tenant_table('crm.view');
comment on column crm.view.filter is 'type: FilterNode';
comment on column crm.view.columns is 'type: ViewColumn[]';

create index view_in_order on crm.view (organization_id, record, position, id) where deleted_at is null;
create index view_by_owner on crm.view (organization_id, owner_id, id) where deleted_at is null and not is_shared;
