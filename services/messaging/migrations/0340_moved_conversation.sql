-- Conversations that went over with their contact when that was merged into another: what goes back when the merge is undone.
create table messaging.moved_conversation (
  organization_id uuid not null default platform.current_organization(),
  merged_id       uuid not null,
  conversation_id uuid not null,
  primary key (organization_id, merged_id, conversation_id),
  foreign key (organization_id, conversation_id) references messaging.conversation (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('messaging.moved_conversation');
create index moved_conversation_by_conversation on messaging.moved_conversation (organization_id, conversation_id);
