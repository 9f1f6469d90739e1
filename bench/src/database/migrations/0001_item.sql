create table bench.item (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null default platform.uuid_v7(),
  name            text        not null,
  email           text        not null,
  created_at      timestamptz not null default now(),
  primary key (organization_id, id)
);
select platform.protect_tenant_table('bench.item');

-- The same table without walls: what PostgreSQL does when nobody asks who is asking.
create table bench.open_item (like bench.item including all);
select platform.grant_global_table('bench.open_item');
