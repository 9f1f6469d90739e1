-- Projection of auth's team.*: who is in which team. The scope `team` is asked of it.
create table crm.team_member (
  organization_id uuid not null default platform.current_organization(),
  team_id         uuid not null,
  user_id         uuid not null,
  primary key (organization_id, team_id, user_id)
);
select platform.protect_tenant_table('crm.team_member');
create index team_member_by_user on crm.team_member (organization_id, user_id, team_id);
