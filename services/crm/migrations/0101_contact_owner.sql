-- Whose the contact is; nobody's where it came by a message.
alter table crm.contact add column owner_id uuid;
-- In the order in which the list begins. Built at once, in the transaction of the release: contacts are changed by people,
-- who wait the seconds that it takes.
-- squawk-ignore require-concurrent-index-creation
create index contact_by_owner on crm.contact (organization_id, owner_id, created_at desc, id desc) where deleted_at is null;

-- Who answers a conversation, as conversation.updated tells: entries of a conversation are for who may read it. Nobody is
-- the nil UUID in rows from before, whose assignee was not told here: only whoever reads all conversations sees them, until
-- the next assignment is told.
alter table crm.conversation_contact add column assignee_id uuid default '00000000-0000-0000-0000-000000000000';
alter table crm.conversation_contact alter column assignee_id drop default;
