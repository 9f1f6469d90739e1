-- Domains, people and search words of new companies and deals, of all that one statement makes at once, as it is done for contacts
-- (0580_new_contacts_together.sql). What is kept stays the same.
create function crm.keep_domains_of_new_companies() returns trigger language plpgsql set search_path = crm, pg_temp as $$
begin
  insert into company_domain (organization_id, domain, company_id)
  select made.organization_id, given.domain, made.id
    from made cross join lateral unnest(made.domains) as given (domain)
   where made.deleted_at is null;
  return null;
end $$;
create or replace trigger keep_company_domain after update of domains, deleted_at on crm.company
  for each row execute function crm.keep_company_domain();
create trigger keep_domains_of_new_companies after insert on crm.company
  referencing new table as made for each statement execute function crm.keep_domains_of_new_companies();

create function crm.keep_search_of_new_companies() returns trigger
language plpgsql security definer set search_path = crm, pg_temp
as $$
begin
  insert into company_search (tenant_id, company_id, words)
  select made.organization_id, made.id, ' ' || fold_text(concat_ws(' ', made.name, array_to_string(made.domains, ' '),
         case when made.custom <> '{}' then custom_words(made.organization_id, made.custom) end))
    from made where made.deleted_at is null;
  return null;
end $$;
revoke all on function crm.keep_search_of_new_companies() from public;
create or replace trigger keep_company_search after update of name, domains, custom, deleted_at on crm.company
  for each row execute function crm.keep_company_search();
create trigger keep_search_of_new_companies after insert on crm.company
  referencing new table as made for each statement execute function crm.keep_search_of_new_companies();

create function crm.keep_contacts_of_new_deals() returns trigger language plpgsql set search_path = crm, pg_temp as $$
begin
  insert into deal_contact (organization_id, contact_id, deal_id)
  select made.organization_id, (given ->> 'contactId')::uuid, made.id
    from made cross join lateral jsonb_array_elements(made.contacts) as given
   where made.deleted_at is null
  on conflict do nothing;
  return null;
end $$;
create or replace trigger keep_deal_contact after update of contacts, deleted_at on crm.deal
  for each row execute function crm.keep_deal_contact();
create trigger keep_contacts_of_new_deals after insert on crm.deal
  referencing new table as made for each statement execute function crm.keep_contacts_of_new_deals();

create function crm.keep_search_of_new_deals() returns trigger
language plpgsql security definer set search_path = crm, pg_temp
as $$
begin
  insert into deal_search (tenant_id, deal_id, words)
  select made.organization_id, made.id, ' ' || fold_text(concat_ws(' ', made.title,
         case when made.custom <> '{}' then custom_words(made.organization_id, made.custom) end))
    from made where made.deleted_at is null;
  return null;
end $$;
revoke all on function crm.keep_search_of_new_deals() from public;
create or replace trigger keep_deal_search after update of title, custom, deleted_at on crm.deal
  for each row execute function crm.keep_deal_search();
create trigger keep_search_of_new_deals after insert on crm.deal
  referencing new table as made for each statement execute function crm.keep_search_of_new_deals();
