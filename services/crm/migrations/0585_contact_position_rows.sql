-- The positions of the contacts from before. One that is changed meanwhile waits, so that the two do not miss each other.
insert into crm.contact_position (tenant_id, contact_id, words)
select organization_id, id, crm.fold_text(position)
  from (select organization_id, id, position from crm.contact where deleted_at is null and position is not null for share) as living
    on conflict do nothing;
