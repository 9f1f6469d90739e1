-- Projection of auth's members: whom a service may give its records to (packages/platform/src/authorization/members.ts).
-- Somebody who left keeps a row, so that an older event does not bring them back.
create table member (
  organization_id uuid    not null default platform.current_organization(),
  user_id         uuid    not null,
  is_member       boolean not null,
  primary key (organization_id, user_id)
);
select platform.protect_tenant_table('member');

-- Organisations of which every member is known, because all of their events were heard. Of others nobody is refused.
create table member_roll (
  organization_id uuid        not null default platform.current_organization() primary key,
  complete_since  timestamptz not null default now()
);
select platform.protect_tenant_table('member_roll');
