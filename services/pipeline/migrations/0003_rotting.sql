-- Of which stays it was told that the deal rots. Not of the history, which follows from crm's events: what was told was told.
create table pipeline.rotting_stay (
  organization_id  uuid not null default platform.current_organization(),
  deal_id          uuid not null,
  -- Of the stay.
  sequence         integer not null,
  told_at          timestamptz(3) not null default now(),
  primary key (organization_id, deal_id, sequence)
);
select platform.protect_tenant_table('pipeline.rotting_stay');

-- When somebody has to look for rotting deals next; null: none will rot.
create table pipeline.rotting_watch (
  organization_id  uuid not null default platform.current_organization(),
  next_at          timestamptz(3),
  primary key (organization_id)
);
select platform.protect_tenant_table('pipeline.rotting_watch');
