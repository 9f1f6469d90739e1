-- Most contacts are made with one e-mail address and nothing else: that is the contact's own column. The six parts in which `addresses_of`
-- looks cost as much to make ready as the rest of the trigger, and are for those that have more.
create or replace function crm.keep_addresses_of_new_contacts() returns trigger
language plpgsql set search_path = crm, pg_temp
as $$
begin
  insert into contact_address (organization_id, kind, value, contact_id)
  select organization_id, 'email', email, id from made
   where deleted_at is null and email is not null
     and phone is null and phones = '[]' and telegrams = '[]' and jsonb_array_length(emails) <= 1;
  if exists (select from made where deleted_at is null and (phone is not null or phones <> '[]' or telegrams <> '[]' or jsonb_array_length(emails) > 1)) then
    insert into contact_address (organization_id, kind, value, contact_id)
    select made.organization_id, given.kind, given.value, made.id
      from made cross join lateral addresses_of(made) as given
     where made.deleted_at is null
       and (made.phone is not null or made.phones <> '[]' or made.telegrams <> '[]' or jsonb_array_length(made.emails) > 1);
  end if;
  return null;
end $$;
