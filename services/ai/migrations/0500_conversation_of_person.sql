-- What is known of a contact, and of an address.
-- squawk-ignore require-concurrent-index-creation
create index conversation_by_contact on ai.conversation (organization_id, contact_id) where contact_id is not null;
-- squawk-ignore require-concurrent-index-creation
create index conversation_by_party on ai.conversation (organization_id, lower(party_address));
