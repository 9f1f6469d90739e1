-- What an organisation keeps of its records beside the built-in fields. A deleted one is out of sight; the values stay in the
-- records, and come back with it.
create table crm.field (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null default platform.uuid_v7(),
  record          text        not null check (record in ('contact', 'company', 'deal')),
  label           text        not null check (length(label) between 1 and 100),
  kind            text        not null check (kind in ('text', 'number', 'money', 'date', 'select', 'multiSelect', 'person', 'relation', 'url', 'checkbox')),
  help            text        check (length(help) <= 500),
  -- In their order, the archived ones last.
  options         jsonb       not null,
  is_required     boolean     not null,
  -- Of a deal: stages that it enters with a value only.
  required_stages text[]      not null check (cardinality(required_stages) <= 20),
  -- Of a relation: the kind of record that it names.
  relates_to      text        check (relates_to in ('contact', 'company', 'deal')),
  -- Of money: what it is typed in unless told (ISO 4217).
  currency        text        check (currency ~ '^[A-Z]{3}$'),
  position        integer     not null,
  created_at      timestamptz not null default date_trunc('milliseconds', now()),
  updated_at      timestamptz not null default date_trunc('milliseconds', now()),
  -- Counts the field.* events of this row.
  version         integer     not null default 1,
  deleted_at      timestamptz,
  folded_label    text        not null generated always as (lower(label)) stored,
  primary key (organization_id, id),
  check ((kind = 'relation') = (relates_to is not null)),
  check (record = 'deal' or cardinality(required_stages) = 0)
);
select platform.protect_tenant_table('crm.field');
comment on column crm.field.options is 'type: FieldOption[]';
comment on column crm.field.required_stages is 'type: DealStage';

create index field_in_order on crm.field (organization_id, record, position, id) where deleted_at is null;
create unique index field_label_key on crm.field (organization_id, record, folded_label) where deleted_at is null;

-- {"<field id>": value}: of a deleted field as well.
alter table crm.contact add column custom jsonb not null default '{}';
alter table crm.company add column custom jsonb not null default '{}';
alter table crm.deal add column custom jsonb not null default '{}';
comment on column crm.contact.custom is 'type: CustomValues';
comment on column crm.company.custom is 'type: CustomValues';
comment on column crm.deal.custom is 'type: CustomValues';

-- The values of the living once more, to be filtered and sorted by: plain columns whose comparisons are leakproof. Kept by triggers,
-- never written by hand.
create table crm.field_value (
  organization_id uuid     not null default platform.current_organization(),
  field_id        uuid     not null,
  record_id       uuid     not null,
  -- Several of one record are of a multiSelect.
  ordinal         smallint not null,
  -- text, url: folded, the first 200 letters; select, multiSelect: the option; person, relation: the id; money: the currency.
  sort_text       text     collate "C",
  -- number; money: in the smallest unit; date: days since 1970-01-01; checkbox: 0, 1; select, multiSelect: the option's place.
  sort_number     float8,
  primary key (organization_id, field_id, record_id, ordinal)
);
select platform.protect_tenant_table('crm.field_value');
create index field_value_by_text on crm.field_value (organization_id, field_id, sort_text, record_id);
create index field_value_by_number on crm.field_value (organization_id, field_id, sort_number, record_id);

-- What field_value keeps of one value.
create function crm.sort_keys(kind text, options jsonb, value jsonb) returns table (ordinal smallint, sort_text text, sort_number float8)
language sql stable parallel safe rows 1
begin atomic
  select (part.nth - 1)::smallint,
    case
      when kind in ('text', 'url') then left(crm.fold_text(part.content #>> '{}'), 200)
      when kind in ('select', 'multiSelect', 'person', 'relation') then part.content #>> '{}'
      when kind = 'money' then part.content ->> 'currency'
    end,
    case
      when kind = 'number' then (part.content #>> '{}')::float8
      when kind = 'money' then (part.content ->> 'amountMinor')::float8
      when kind = 'date' then ((part.content #>> '{}')::date - date '1970-01-01')::float8
      when kind = 'checkbox' then case part.content #>> '{}' when 'true' then 1 else 0 end
      when kind in ('select', 'multiSelect') then (
        select (option.nth - 1)::float8 from jsonb_array_elements(options) with ordinality as option (content, nth)
         where option.content ->> 'id' = part.content #>> '{}'
      )
    end
  from jsonb_array_elements(case jsonb_typeof(value) when 'array' then value else jsonb_build_array(value) end) with ordinality as part (content, nth);
end;

-- Only what the statement changes is written anew.
create function crm.keep_field_value() returns trigger language plpgsql set search_path = crm, pg_temp as $$
declare
  -- Of an insert, and of a record that comes back: nothing.
  kept constant jsonb := case when old.deleted_at is null then coalesce(old.custom, '{}') else '{}' end;
  given constant jsonb := case when new.deleted_at is null then new.custom else '{}' end;
begin
  if kept <> '{}' then
    delete from field_value
     where organization_id = new.organization_id and record_id = new.id
       and field_id in (select key::uuid from jsonb_each(kept) as was (key, value) where given -> key is distinct from was.value);
  end if;
  if given <> '{}' then
    insert into field_value (organization_id, field_id, record_id, ordinal, sort_text, sort_number)
    select field.organization_id, field.id, new.id, sorted.ordinal, sorted.sort_text, sorted.sort_number
      from jsonb_each(given) as is_now (key, value)
      join field on field.organization_id = new.organization_id and field.id = is_now.key::uuid
     cross join lateral sort_keys(field.kind, field.options, is_now.value) as sorted
     where kept -> is_now.key is distinct from is_now.value;
  end if;
  return null;
end $$;

-- Of records without custom values nothing runs.
create trigger keep_field_value_of_new after insert on crm.contact
  for each row when (new.custom <> '{}') execute function crm.keep_field_value();
create trigger keep_field_value after update of custom, deleted_at on crm.contact
  for each row when (new.custom <> '{}' or old.custom <> '{}') execute function crm.keep_field_value();
create trigger keep_field_value_of_new after insert on crm.company
  for each row when (new.custom <> '{}') execute function crm.keep_field_value();
create trigger keep_field_value after update of custom, deleted_at on crm.company
  for each row when (new.custom <> '{}' or old.custom <> '{}') execute function crm.keep_field_value();
create trigger keep_field_value_of_new after insert on crm.deal
  for each row when (new.custom <> '{}') execute function crm.keep_field_value();
create trigger keep_field_value after update of custom, deleted_at on crm.deal
  for each row when (new.custom <> '{}' or old.custom <> '{}') execute function crm.keep_field_value();

-- What search finds a record by of its custom values: texts and addresses, the first 200 letters of each. Null where there are none.
create function crm.custom_words(organization uuid, custom jsonb) returns text
language sql stable parallel safe
return (
  select string_agg(left(given.value #>> '{}', 200), ' ' order by field.position, field.id)
    from jsonb_each(custom) as given (key, value)
    join crm.field on field.organization_id = organization and field.id = given.key::uuid
   where field.kind in ('text', 'url')
);

create or replace function crm.keep_contact_search() returns trigger
language plpgsql security definer set search_path = crm, pg_temp
as $$
begin
  if new.deleted_at is not null then
    delete from contact_search where tenant_id = new.organization_id and contact_id = new.id;
    return null;
  end if;
  insert into contact_search (tenant_id, contact_id, words)
  values (new.organization_id, new.id, ' ' || fold_text(concat_ws(' ', new.name, new.email, new.phone, new.company,
    case when new.custom <> '{}' then custom_words(new.organization_id, new.custom) end)))
  on conflict (tenant_id, contact_id) do update set words = excluded.words where contact_search.words <> excluded.words;
  return null;
end $$;
create or replace trigger keep_contact_search after insert or update of name, email, phone, company, custom, deleted_at on crm.contact
  for each row execute function crm.keep_contact_search();

create or replace function crm.keep_company_search() returns trigger
language plpgsql security definer set search_path = crm, pg_temp
as $$
begin
  if new.deleted_at is not null then
    delete from company_search where tenant_id = new.organization_id and company_id = new.id;
    return null;
  end if;
  insert into company_search (tenant_id, company_id, words)
  values (new.organization_id, new.id, ' ' || fold_text(concat_ws(' ', new.name, array_to_string(new.domains, ' '),
    case when new.custom <> '{}' then custom_words(new.organization_id, new.custom) end)))
  on conflict (tenant_id, company_id) do update set words = excluded.words where company_search.words <> excluded.words;
  return null;
end $$;
create or replace trigger keep_company_search after insert or update of name, domains, custom, deleted_at on crm.company
  for each row execute function crm.keep_company_search();

create or replace function crm.keep_deal_search() returns trigger
language plpgsql security definer set search_path = crm, pg_temp
as $$
begin
  if new.deleted_at is not null then
    delete from deal_search where tenant_id = new.organization_id and deal_id = new.id;
    return null;
  end if;
  insert into deal_search (tenant_id, deal_id, words)
  values (new.organization_id, new.id, ' ' || fold_text(concat_ws(' ', new.title,
    case when new.custom <> '{}' then custom_words(new.organization_id, new.custom) end)))
  on conflict (tenant_id, deal_id) do update set words = excluded.words where deal_search.words <> excluded.words;
  return null;
end $$;
create or replace trigger keep_deal_search after insert or update of title, custom, deleted_at on crm.deal
  for each row execute function crm.keep_deal_search();
