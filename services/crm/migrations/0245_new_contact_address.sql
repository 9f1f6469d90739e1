-- Most new contacts have one e-mail and nothing else: for them nothing is taken apart, and of those without an address nothing runs. One
-- address after the other, each by the whole unique key: a plan that is made while the table is empty is then right for ever.
create or replace function crm.skip_known_contact() returns trigger language plpgsql set search_path = crm, pg_temp as $$
declare
  given record;
begin
  if new.telegrams = '[]' and jsonb_array_length(new.emails) <= 1 then
    if exists (select from contact_address as kept where kept.organization_id = new.organization_id and kept.kind = 'email' and kept.value = new.email) then return null; end if;
    return new;
  end if;
  for given in select kind, value from addresses_of(new) where kind in ('email', 'telegram') loop
    if exists (
      select from contact_address as kept
       where kept.organization_id = new.organization_id and kept.kind in ('email', 'telegram') and kept.kind = given.kind and kept.value = given.value
    ) then return null; end if;
  end loop;
  return new;
end $$;
create or replace trigger skip_known_contact before insert on crm.contact
  for each row when (new.email is not null or new.emails <> '[]' or new.telegrams <> '[]') execute function crm.skip_known_contact();

create function crm.keep_address_of_new_contact() returns trigger language plpgsql set search_path = crm, pg_temp as $$
begin
  if new.deleted_at is not null then return null; end if;
  if new.email is not null and new.phone is null and new.phones = '[]' and new.telegrams = '[]' and jsonb_array_length(new.emails) <= 1 then
    insert into contact_address (organization_id, kind, value, contact_id) values (new.organization_id, 'email', new.email, new.id);
  else
    insert into contact_address (organization_id, kind, value, contact_id)
    select new.organization_id, kind, value, new.id from addresses_of(new);
  end if;
  return null;
end $$;
create trigger keep_address_of_new_contact after insert on crm.contact
  for each row when (new.email is not null or new.emails <> '[]' or new.phone is not null or new.phones <> '[]' or new.telegrams <> '[]')
  execute function crm.keep_address_of_new_contact();
create or replace trigger keep_contact_address after update of email, emails, phone, phones, telegrams, deleted_at on crm.contact
  for each row execute function crm.keep_contact_address();
