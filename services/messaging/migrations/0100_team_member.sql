-- Projection of auth's team.*: who is in which team. The scope `team` is asked of it.
create table messaging.team_member (
  organization_id uuid not null default platform.current_organization(),
  team_id         uuid not null,
  user_id         uuid not null,
  primary key (organization_id, team_id, user_id)
);
select platform.protect_tenant_table('messaging.team_member');
create index team_member_by_user on messaging.team_member (organization_id, user_id, team_id);

-- For whoever reads only their own conversations: every folder in the order of the list. Built at once: mail waits for it at
-- the door of its sender, which tries again.
-- squawk-ignore require-concurrent-index-creation
create index conversation_by_assignee on messaging.conversation (organization_id, assignee_id, last_message_at desc, id desc)
  where assignee_id is not null;
