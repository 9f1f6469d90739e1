-- Names of the members, as auth's events tell them: what stands in files instead of ids, and what files name people by.
create table crm.person (
  organization_id uuid not null default platform.current_organization(),
  user_id         uuid not null,
  name            text not null,
  email           text not null,
  primary key (organization_id, user_id)
);
select platform.protect_tenant_table('crm.person');
