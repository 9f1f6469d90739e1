-- All e-mail addresses, phones and Telegram accounts of a contact, the primary one of each kind first. `email` and `phone` stay what
-- the first ones are, `email` in the form in which it is compared; where they say something else than the list (a row or a release
-- from before), they are right, and only the rest of the list counts.
alter table crm.contact
  add column emails    jsonb not null default '[]',
  add column phones    jsonb not null default '[]',
  add column telegrams jsonb not null default '[]';
comment on column crm.contact.emails is 'type: ContactEmail[]';
comment on column crm.contact.phones is 'type: ContactPhone[]';
comment on column crm.contact.telegrams is 'type: ContactTelegram[]';

-- By what a living contact is found, in the form in which it is compared: `email` in lower case, `phone` as E.164, `telegram` the
-- number of an account, `telegram-name` its name in lower case.
create table crm.contact_address (
  organization_id uuid not null default platform.current_organization(),
  kind            text not null check (kind in ('email', 'phone', 'telegram', 'telegram-name')),
  value           text not null,
  contact_id      uuid not null,
  primary key (organization_id, kind, value, contact_id),
  foreign key (organization_id, contact_id) references crm.contact (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('crm.contact_address');
create index contact_address_by_contact on crm.contact_address (organization_id, contact_id);
-- Phones are shared, and names of accounts change hands.
create unique index contact_address_owner_key on crm.contact_address (organization_id, kind, value) where kind in ('email', 'telegram');

create function crm.addresses_of(contact crm.contact) returns table (kind text, value text)
language sql immutable
begin atomic
  select 'email', contact.email where contact.email is not null
  union
  select 'email', lower(given ->> 'address') from jsonb_array_elements(contact.emails) with ordinality as parts (given, nth) where nth > 1
  union
  select 'phone', given ->> 'e164'
    from jsonb_array_elements(contact.phones) with ordinality as parts (given, nth)
   where given ->> 'e164' is not null and (nth > 1 or given ->> 'number' = contact.phone)
  union
  -- Written before phones were read: what begins with a plus is nearly E.164.
  select 'phone', '+' || regexp_replace(contact.phone, '\D', '', 'g')
   where contact.phone ~ '^\+[0-9 ().-]{7,}$' and contact.phones -> 0 ->> 'number' is distinct from contact.phone
  union
  select 'telegram', given ->> 'id' from jsonb_array_elements(contact.telegrams) as parts (given) where given ->> 'id' is not null
  union
  select 'telegram-name', lower(given ->> 'username') from jsonb_array_elements(contact.telegrams) as parts (given) where given ->> 'username' is not null;
end;

-- Keeps the addresses of the living in step, in the same statement. One of another contact's violates contact_address_owner_key.
create function crm.keep_contact_address() returns trigger language plpgsql set search_path = crm, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    delete from contact_address as kept
     where kept.organization_id = new.organization_id and kept.contact_id = new.id
       and (new.deleted_at is not null or (kept.kind, kept.value) not in (select kind, value from addresses_of(new)));
  end if;
  if new.deleted_at is not null then return null; end if;
  insert into contact_address (organization_id, kind, value, contact_id)
  select new.organization_id, kind, value, new.id from addresses_of(new) as given
   where tg_op = 'INSERT' or not exists (
     select from contact_address as kept
      where kept.organization_id = new.organization_id and kept.contact_id = new.id and kept.kind = given.kind and kept.value = given.value
   );
  return null;
end $$;
create trigger keep_contact_address after insert or update of email, emails, phone, phones, telegrams, deleted_at on crm.contact
  for each row execute function crm.keep_contact_address();

-- A new contact with an address of somebody else's is not inserted, as "on conflict do nothing" would have it: whoever inserts looks
-- whether a row came back. Two at the same time meet in contact_address_owner_key.
create function crm.skip_known_contact() returns trigger language plpgsql set search_path = crm, pg_temp as $$
begin
  if exists (
    select from addresses_of(new) as given
      join contact_address as kept on kept.organization_id = new.organization_id and kept.kind = given.kind and kept.value = given.value
     where given.kind in ('email', 'telegram')
  ) then return null; end if;
  return new;
end $$;
create trigger skip_known_contact before insert on crm.contact for each row execute function crm.skip_known_contact();

-- Found by every address and phone, however the number is written: as it is read in the world and as its digits alone.
create function crm.contact_words(name text, email text, emails jsonb, phone text, phones jsonb, telegrams jsonb, company text) returns text
language sql immutable parallel safe
begin atomic
  select ' ' || crm.fold_text(concat_ws(' ', name, email, phone, company,
    (select string_agg(given ->> 'address', ' ') from jsonb_array_elements(emails) with ordinality as parts (given, nth) where nth > 1),
    (select string_agg(concat_ws(' ', given ->> 'number', given ->> 'international'), ' ') from jsonb_array_elements(phones) as parts (given)),
    nullif(regexp_replace(phone, '\D', '', 'g'), ''),
    (select string_agg(regexp_replace(concat_ws(' ', given ->> 'number', given ->> 'e164'), '[^0-9 ]', '', 'g'), ' ') from jsonb_array_elements(phones) as parts (given)),
    (select string_agg(concat_ws(' ', given ->> 'id', given ->> 'username'), ' ') from jsonb_array_elements(telegrams) as parts (given))));
end;

create or replace function crm.keep_contact_search() returns trigger
language plpgsql security definer set search_path = crm, pg_temp
as $$
begin
  if new.deleted_at is not null then
    delete from contact_search where tenant_id = new.organization_id and contact_id = new.id;
    return null;
  end if;
  insert into contact_search (tenant_id, contact_id, words)
  values (new.organization_id, new.id, concat_ws(' ',
    contact_words(new.name, new.email, new.emails, new.phone, new.phones, new.telegrams, new.company),
    case when new.custom <> '{}' then fold_text(custom_words(new.organization_id, new.custom)) end))
  on conflict (tenant_id, contact_id) do update set words = excluded.words where contact_search.words <> excluded.words;
  return null;
end $$;
create or replace trigger keep_contact_search after insert or update of name, email, emails, phone, phones, telegrams, company, custom, deleted_at on crm.contact
  for each row execute function crm.keep_contact_search();

-- The digits of a query that is a phone number and nothing else, as a pattern, without the zeros or the Russian eight that are dialled before a
-- national number; null for other queries.
create function crm.phone_pattern(query text) returns text
language sql immutable strict parallel safe
return case when query ~ '^\s*\+?[0-9 ().-]{5,30}\s*$' and length(regexp_replace(query, '\D', '', 'g')) >= 5
  then '%' || regexp_replace(regexp_replace(query, '\D', '', 'g'), '^(0+|8(?=[0-9]{10}$))', '') || '%' end;

-- Whether words have every word of the query, or the phone number that it is. For what is shown of a contact that was found by all of it.
create function crm.has_words(words text, query text) returns boolean
language sql immutable parallel safe
return words like all (crm.search_patterns(query)) or coalesce(words like crm.phone_pattern(query), false);

create or replace function crm.search_contact(query text) returns setof uuid
language plpgsql stable security definer rows 100
set search_path = crm, platform, pg_temp
set pg_trgm.word_similarity_threshold = 0.5
as $$
declare
  tenant constant uuid := platform.current_organization();
  patterns constant text[] := crm.search_patterns(query);
  phone constant text := crm.phone_pattern(query);
  first_word constant text := trim(patterns[1], '% ');
  second_word constant text := trim(coalesce(patterns[2], patterns[1]), '% ');
begin
  return query
    select s.contact_id
    from contact_search s
    where s.tenant_id = tenant and s.words like patterns[1] and s.words like coalesce(patterns[2], '%')
      and s.words like all (patterns[3:]);
  if found or patterns is null then return; end if;

  if phone is not null then
    return query select s.contact_id from contact_search s where s.tenant_id = tenant and s.words like phone;
    if found then return; end if;
  end if;

  return query
    select s.contact_id
    from contact_search s
    where s.tenant_id = tenant
      and (s.words like patterns[1] or s.words %> first_word)
      and (s.words like coalesce(patterns[2], patterns[1]) or s.words %> second_word)
      and not exists (
        select from unnest(patterns[3:]) as pattern
        where not (s.words like pattern or s.words %> trim(pattern, '% '))
      );
end $$;
