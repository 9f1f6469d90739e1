-- Folds text for matching: lower case, Cyrillic written in Latin letters as in passports, so that "ivanov"
-- finds "Иванов" and the trigrams do not depend on the locale of the server (under LC_CTYPE=C pg_trgm drops Cyrillic).
create function crm.fold_text(value text) returns text
language sql immutable strict parallel safe
return replace(replace(replace(replace(replace(replace(replace(replace(
  translate(lower(value), 'абвгдеёзийклмнопрстуфыэіїєґъь', 'abvgdeeziyklmnoprstufyeiieg'),
  'ж', 'zh'), 'х', 'kh'), 'ц', 'ts'), 'ч', 'ch'), 'щ', 'shch'), 'ш', 'sh'), 'ю', 'yu'), 'я', 'ya');

create table crm.contact (
  organization_id  uuid        not null default platform.current_organization(),
  id               uuid        not null default platform.uuid_v7(),
  name             text        not null check (length(name) between 1 and 200),
  email            text        check (length(email) between 3 and 254),
  phone            text        check (length(phone) <= 40),
  company          text        check (length(company) <= 200),
  position         text        check (length(position) <= 200),
  note             text        check (length(note) <= 5000),
  source           text        not null check (source in ('manual', 'message')),
  -- '-infinity' is "never": sorts as the longest ago, and keeps the keyset free of nulls.
  last_activity_at timestamptz not null default '-infinity',
  -- Milliseconds, as in events and cursors: what a client sends back compares equal.
  created_at       timestamptz not null default date_trunc('milliseconds', now()),
  updated_at       timestamptz not null default date_trunc('milliseconds', now()),
  -- Counts the contact.* events of this row.
  version          integer     not null default 1,
  deleted_at       timestamptz,
  -- Plain columns, because comparisons of columns are leakproof and reach the index under row-level security; lower() is not.
  sort_name        text        not null generated always as (crm.fold_text(name)) stored,
  primary key (organization_id, id)
);
select platform.protect_tenant_table('crm.contact');

-- Among the living only: a deleted contact does not hold its address.
create unique index contact_email_key on crm.contact (organization_id, email) where deleted_at is null and email is not null;

create index contact_by_creation on crm.contact (organization_id, created_at desc, id desc) where deleted_at is null;
create index contact_by_name on crm.contact (organization_id, sort_name, id) where deleted_at is null;
create index contact_by_activity on crm.contact (organization_id, last_activity_at desc, id desc) where deleted_at is null;
