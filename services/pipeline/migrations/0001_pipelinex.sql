create table pipeline.pipelinex (
  organization_id  uuid not null default platform.current_organization(),
  id               uuid not null default platform.uuid_v7(),
  name             text not null check (length(name) between 1 and 200),
  created_at       timestamptz not null default now(),
  primary key (organization_id, id)
);
select platform.protect_tenant_table('pipeline.pipelinex');
