-- Projection of auth's team.*: who is in which team. The scope `team` is asked of it.
create table ai.team_member (
  organization_id uuid not null default platform.current_organization(),
  team_id         uuid not null,
  user_id         uuid not null,
  primary key (organization_id, team_id, user_id)
);
select platform.protect_tenant_table('ai.team_member');
create index team_member_by_user on ai.team_member (organization_id, user_id, team_id);

-- Whose the conversation is, as conversation.updated tells. Nobody is the nil UUID in rows from before, whose assignee was
-- not told here: only whoever reads all conversations sees their drafts, until the next assignment is told.
alter table ai.conversation add column assignee_id uuid default '00000000-0000-0000-0000-000000000000';
alter table ai.conversation alter column assignee_id drop default;

alter table ai.contact add column owner_id uuid;

-- What the drafter is not told, because whoever asked for the draft may not read it: 'name' and 'company' of the contact.
alter table ai.draft add column withheld text[] not null default '{}';
