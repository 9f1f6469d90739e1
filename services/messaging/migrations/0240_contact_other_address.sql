-- The addresses of a contact beside the primary one, which contact_address has.
create table messaging.contact_other_address (
  organization_id uuid not null default platform.current_organization(),
  address         text not null check (address = lower(address)),
  contact_id      uuid not null,
  primary key (organization_id, address, contact_id)
);
select platform.protect_tenant_table('messaging.contact_other_address');
create index contact_other_address_by_contact on messaging.contact_other_address (organization_id, contact_id);
