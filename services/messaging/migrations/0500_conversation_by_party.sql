-- Everything that was said with an address, whoever has it.
-- squawk-ignore require-concurrent-index-creation
create index conversation_by_party on messaging.conversation (organization_id, party_address);
