-- What is still on its way, from or to a record, is asked before that is merged or parted: few at any time.
-- squawk-ignore require-concurrent-index-creation
create index record_merge_under_way on crm.record_merge (organization_id, survivor_id, merged_id) where state in ('moving', 'separating');
