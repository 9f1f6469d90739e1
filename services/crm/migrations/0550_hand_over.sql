-- What was done here for handing a won deal over, so that it can be taken back; the id is that of the hand-over.
create table crm.hand_over (
  organization_id uuid   not null default platform.current_organization(),
  id              uuid   not null,
  deal_id         uuid   not null,
  -- Whose the deal was and whose it became; the same where it stayed whose it was.
  owner_from_id   uuid,
  owner_to_id     uuid,
  task_ids        uuid[] not null default '{}',
  primary key (organization_id, id)
);
select platform.protect_tenant_table('crm.hand_over');
create index hand_over_of_deal on crm.hand_over (organization_id, deal_id);
