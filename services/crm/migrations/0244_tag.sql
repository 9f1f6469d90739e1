-- Words of an organisation's own that contacts, companies and deals are marked with.
create table crm.tag (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null default platform.uuid_v7(),
  name            text        not null check (length(name) between 1 and 60),
  color           text        not null check (color in ('gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink')),
  -- Of a deleted one: the tag that its records have instead.
  merged_into     uuid        check (merged_into <> id),
  created_at      timestamptz not null default date_trunc('milliseconds', now()),
  updated_at      timestamptz not null default date_trunc('milliseconds', now()),
  -- Counts the tag.* events of this row.
  version         integer     not null default 1,
  deleted_at      timestamptz,
  folded_name     text        not null generated always as (lower(name)) stored,
  primary key (organization_id, id),
  foreign key (organization_id, merged_into) references crm.tag (organization_id, id),
  check (merged_into is null or deleted_at is not null)
);
select platform.protect_tenant_table('crm.tag');
create unique index tag_name_key on crm.tag (organization_id, folded_name) where deleted_at is null;

alter table crm.contact add column tag_ids uuid[] not null default '{}' constraint contact_tags_few check (cardinality(tag_ids) <= 50);
alter table crm.company add column tag_ids uuid[] not null default '{}' constraint company_tags_few check (cardinality(tag_ids) <= 50);
alter table crm.deal add column tag_ids uuid[] not null default '{}' constraint deal_tags_few check (cardinality(tag_ids) <= 50);

-- The tags of living contacts, companies and deals once more, to be filtered by.
create table crm.record_tag (
  organization_id uuid not null default platform.current_organization(),
  tag_id          uuid not null,
  record_id       uuid not null,
  primary key (organization_id, tag_id, record_id),
  foreign key (organization_id, tag_id) references crm.tag (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('crm.record_tag');
create index record_tag_by_record on crm.record_tag (organization_id, record_id);

-- In step with tag_ids, in the same statement.
create function crm.keep_record_tag() returns trigger language plpgsql set search_path = crm, pg_temp as $$
declare
  given constant uuid[] := case when new.deleted_at is null then new.tag_ids else '{}' end;
begin
  delete from record_tag as kept
   where kept.organization_id = new.organization_id and kept.record_id = new.id and kept.tag_id <> all (given);
  insert into record_tag (organization_id, tag_id, record_id)
  select new.organization_id, tag_id, new.id from unnest(given) as given_tag (tag_id)
  on conflict do nothing;
  return null;
end $$;

-- Of records without tags nothing runs.
create trigger keep_record_tag_of_new after insert on crm.contact
  for each row when (new.tag_ids <> '{}') execute function crm.keep_record_tag();
create trigger keep_record_tag after update of tag_ids, deleted_at on crm.contact
  for each row when (new.tag_ids <> '{}' or old.tag_ids <> '{}') execute function crm.keep_record_tag();
create trigger keep_record_tag_of_new after insert on crm.company
  for each row when (new.tag_ids <> '{}') execute function crm.keep_record_tag();
create trigger keep_record_tag after update of tag_ids, deleted_at on crm.company
  for each row when (new.tag_ids <> '{}' or old.tag_ids <> '{}') execute function crm.keep_record_tag();
create trigger keep_record_tag_of_new after insert on crm.deal
  for each row when (new.tag_ids <> '{}') execute function crm.keep_record_tag();
create trigger keep_record_tag after update of tag_ids, deleted_at on crm.deal
  for each row when (new.tag_ids <> '{}' or old.tag_ids <> '{}') execute function crm.keep_record_tag();
