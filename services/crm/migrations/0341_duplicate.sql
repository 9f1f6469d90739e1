-- What records are compared by: equal values make a pair to look at. A record that was not looked at yet has none.
create table crm.record_trait (
  organization_id uuid not null default platform.current_organization(),
  record          text not null check (record in ('contact', 'company')),
  -- `called` is the whole name, which says how alike two names are, and makes no pair by itself.
  kind            text not null check (kind in ('called', 'name', 'phone', 'telegram', 'mailbox', 'domain', 'company', 'word')),
  value           text not null check (length(value) <= 400),
  record_id       uuid not null,
  primary key (organization_id, record, kind, value, record_id)
);
select platform.protect_tenant_table('crm.record_trait');
create index record_trait_by_record on crm.record_trait (organization_id, record_id, kind);

-- Two records that look like the same. open: waits for somebody; dismissed: they are not, and never will be asked about again; merged.
create table crm.duplicate_pair (
  organization_id uuid        not null default platform.current_organization(),
  record          text        not null check (record in ('contact', 'company')),
  one_id          uuid        not null,
  other_id        uuid        not null check (one_id < other_id),
  score           integer     not null check (score between 0 and 100),
  reasons         text[]      not null,
  status          text        not null default 'open' check (status in ('open', 'dismissed', 'merged')),
  found_at        timestamptz not null default date_trunc('milliseconds', now()),
  judged_at       timestamptz,
  judged_by_id    uuid,
  primary key (organization_id, one_id, other_id)
);
select platform.protect_tenant_table('crm.duplicate_pair');
create index duplicate_pair_by_score on crm.duplicate_pair (organization_id, record, status, score desc, one_id, other_id);
create index duplicate_pair_by_other on crm.duplicate_pair (organization_id, other_id);

-- How far the search through all records of a kind is.
create table crm.duplicate_scan (
  organization_id uuid        not null default platform.current_organization(),
  record          text        not null check (record in ('contact', 'company')),
  -- Records up to this one were looked at; null at the beginning.
  after_id        uuid,
  scanned         integer     not null default 0,
  total           integer     not null,
  started_at      timestamptz not null default date_trunc('milliseconds', now()),
  finished_at     timestamptz,
  primary key (organization_id, record)
);
select platform.protect_tenant_table('crm.duplicate_scan');

-- How alike two folded names are, 0 to 1: whatever the order of their words.
create function crm.name_likeness(one text, other text) returns real
language sql immutable strict parallel safe
return similarity(one, other);
