-- The addresses of the contacts from before. A contact that is changed meanwhile waits, so that the two do not miss each other.
insert into crm.contact_address (organization_id, kind, value, contact_id)
select living.organization_id, given.kind, given.value, living.id
  from (select contact from crm.contact where deleted_at is null and (email is not null or phone is not null) for share) as locked
 cross join lateral (select (locked.contact).*) as living
 cross join lateral crm.addresses_of(locked.contact) as given
    on conflict do nothing;

-- Numbers by their digits. What has custom values is as new as this.
update crm.contact_search as search
   set words = crm.contact_words(contact.name, contact.email, contact.emails, contact.phone, contact.phones, contact.telegrams, contact.company)
  from crm.contact
 where contact.organization_id = search.tenant_id and contact.id = search.contact_id and contact.phone is not null and contact.custom = '{}';
