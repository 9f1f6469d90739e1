-- Addresses and search words of new contacts, of all that one statement makes at once: an import stores a thousand with each, and what a
-- trigger costs for every row was most of its time. What is kept stays the same.
create function crm.keep_addresses_of_new_contacts() returns trigger language plpgsql set search_path = crm, pg_temp as $$
begin
  insert into contact_address (organization_id, kind, value, contact_id)
  select made.organization_id, given.kind, given.value, made.id
    from made cross join lateral addresses_of(made) as given
   where made.deleted_at is null;
  return null;
end $$;
drop trigger keep_address_of_new_contact on crm.contact;
create trigger keep_addresses_of_new_contacts after insert on crm.contact
  referencing new table as made for each statement execute function crm.keep_addresses_of_new_contacts();
drop function crm.keep_address_of_new_contact();

-- Nothing is taken apart of which there is nothing.
create or replace function crm.contact_words(name text, email text, emails jsonb, phone text, phones jsonb, telegrams jsonb, company text) returns text
language plpgsql immutable parallel safe as $$
declare
  other_emails text;
  numbers text;
  digits text;
  accounts text;
begin
  if jsonb_array_length(emails) > 1 then
    other_emails := (select string_agg(given ->> 'address', ' ') from jsonb_array_elements(emails) with ordinality as parts (given, nth) where nth > 1);
  end if;
  if phones <> '[]' then
    select string_agg(concat_ws(' ', given ->> 'number', given ->> 'international'), ' '),
           string_agg(regexp_replace(concat_ws(' ', given ->> 'number', given ->> 'e164'), '[^0-9 ]', '', 'g'), ' ')
      into numbers, digits from jsonb_array_elements(phones) as parts (given);
  end if;
  if telegrams <> '[]' then
    accounts := (select string_agg(concat_ws(' ', given ->> 'id', given ->> 'username'), ' ') from jsonb_array_elements(telegrams) as parts (given));
  end if;
  return ' ' || crm.fold_text(concat_ws(' ', name, email, phone, company, other_emails, numbers, nullif(regexp_replace(phone, '\D', '', 'g'), ''), digits, accounts));
end $$;

create function crm.keep_search_of_new_contacts() returns trigger
language plpgsql security definer set search_path = crm, pg_temp
as $$
begin
  insert into contact_search (tenant_id, contact_id, words)
  select made.organization_id, made.id, concat_ws(' ',
         contact_words(made.name, made.email, made.emails, made.phone, made.phones, made.telegrams, made.company),
         case when made.custom <> '{}' then fold_text(custom_words(made.organization_id, made.custom)) end)
    from made where made.deleted_at is null;
  return null;
end $$;
revoke all on function crm.keep_search_of_new_contacts() from public;
create or replace trigger keep_contact_search after update of name, email, emails, phone, phones, telegrams, company, custom, deleted_at on crm.contact
  for each row execute function crm.keep_contact_search();
create trigger keep_search_of_new_contacts after insert on crm.contact
  referencing new table as made for each statement execute function crm.keep_search_of_new_contacts();
