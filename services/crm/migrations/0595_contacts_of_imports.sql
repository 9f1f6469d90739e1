-- What is kept stays the same, for less: one phone, as most have, is taken apart without a query of its own, and of what has no letter but ASCII
-- only the case is folded.
create or replace function crm.contact_words(name text, email text, emails jsonb, phone text, phones jsonb, telegrams jsonb, company text) returns text
language plpgsql immutable parallel safe as $$
declare
  other_emails text;
  numbers text;
  digits text;
  accounts text;
  addresses text;
  others text;
begin
  if jsonb_array_length(emails) > 1 then
    other_emails := (select string_agg(given ->> 'address', ' ') from jsonb_array_elements(emails) with ordinality as parts (given, nth) where nth > 1);
  end if;
  if jsonb_array_length(phones) = 1 then
    numbers := concat_ws(' ', phones #>> '{0,number}', phones #>> '{0,international}');
    digits := regexp_replace(concat_ws(' ', phones #>> '{0,number}', phones #>> '{0,e164}'), '[^0-9 ]', '', 'g');
  elsif phones <> '[]' then
    select string_agg(concat_ws(' ', given ->> 'number', given ->> 'international'), ' '),
           string_agg(regexp_replace(concat_ws(' ', given ->> 'number', given ->> 'e164'), '[^0-9 ]', '', 'g'), ' ')
      into numbers, digits from jsonb_array_elements(phones) as parts (given);
  end if;
  if telegrams <> '[]' then
    accounts := (select string_agg(concat_ws(' ', given ->> 'id', given ->> 'username'), ' ') from jsonb_array_elements(telegrams) as parts (given));
  end if;
  addresses := nullif(concat_ws(' ', email, phone), '');
  others := nullif(concat_ws(' ', other_emails, numbers, nullif(regexp_replace(phone, '\D', '', 'g'), ''), digits, accounts), '');
  return ' ' || concat_ws(' ', crm.fold_text(name),
    case when octet_length(addresses) = length(addresses) then lower(addresses) else crm.fold_text(addresses) end,
    crm.fold_text(company),
    case when octet_length(others) = length(others) then lower(others) else crm.fold_text(others) end);
end $$;

-- The words of contacts are written by the triggers of contacts alone, from the row that they stand for: what they refer to is there. Looking it up for
-- each row cost as much as writing it. They go with their contact, all of a statement at once.
alter table crm.contact_search drop constraint contact_search_tenant_id_contact_id_fkey;
alter table crm.contact_position drop constraint contact_position_tenant_id_contact_id_fkey;
create function crm.forget_words_of_contacts() returns trigger
language plpgsql security definer set search_path = crm, pg_temp
-- Kept plans, which may be made while the tables are empty, are not to read all of them.
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
begin
  delete from contact_search as kept using gone where kept.tenant_id = gone.organization_id and kept.contact_id = gone.id;
  delete from contact_position as kept using gone where kept.tenant_id = gone.organization_id and kept.contact_id = gone.id;
  return null;
end $$;
revoke all on function crm.forget_words_of_contacts() from public;
create trigger forget_words_of_contacts after delete on crm.contact
  referencing old table as gone for each statement execute function crm.forget_words_of_contacts();

-- An import has asked whose the addresses of its whole batch are (find-known.ts) and says so for its transaction: nobody is looked for once more. Who
-- came in this moment is met in contact_address_owner_key, and the batch is taken anew.
create or replace trigger skip_known_contact before insert on crm.contact
  for each row when ((new.email is not null or new.emails <> '[]' or new.telegrams <> '[]') and current_setting('crm.known_are_found', true) is distinct from 'on')
  execute function crm.skip_known_contact();
