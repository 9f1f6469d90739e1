-- One phone, as most have, is taken apart without a query of its own; what is kept stays the same.
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
  return ' ' || crm.fold_text(concat_ws(' ', name, email, phone, company, other_emails, numbers, nullif(regexp_replace(phone, '\D', '', 'g'), ''), digits, accounts));
end $$;

-- An import has asked whose the addresses of its whole batch are (find-known.ts) and says so for its transaction: nobody is looked for once more. Who
-- came in this moment is met in contact_address_owner_key, and the batch is taken anew.
create or replace trigger skip_known_contact before insert on crm.contact
  for each row when ((new.email is not null or new.emails <> '[]' or new.telegrams <> '[]') and current_setting('crm.known_are_found', true) is distinct from 'on')
  execute function crm.skip_known_contact();
