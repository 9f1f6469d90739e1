-- Files about records. A row is there before its bytes: it is `complete` with the last piece that was missing, which is told by file.added.
create table crm.file (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null default platform.uuid_v7(),
  name            text        not null check (length(name) between 1 and 255),
  content_type    text        not null check (length(content_type) between 3 and 255),
  size_bytes      integer     not null check (size_bytes > 0),
  is_complete     boolean     not null default false,
  -- What the file is about: who may see that, may see the file.
  contact_id      uuid,
  company_id      uuid,
  deal_id         uuid,
  added_by_id     uuid,
  created_at      timestamptz not null default date_trunc('milliseconds', now()),
  deleted_at      timestamptz,
  -- Counts the file.* events of this row.
  version         integer     not null default 0,
  primary key (organization_id, id),
  foreign key (organization_id, contact_id) references crm.contact (organization_id, id),
  foreign key (organization_id, company_id) references crm.company (organization_id, id),
  foreign key (organization_id, deal_id) references crm.deal (organization_id, id),
  check (num_nonnulls(contact_id, company_id, deal_id) = 1)
);
select platform.protect_tenant_table('crm.file');

create index file_by_creation on crm.file (organization_id, created_at desc, id desc) where deleted_at is null and is_complete;
create index file_by_contact on crm.file (organization_id, contact_id, created_at desc, id desc) where contact_id is not null and deleted_at is null and is_complete;
create index file_by_company on crm.file (organization_id, company_id, created_at desc, id desc) where company_id is not null and deleted_at is null and is_complete;
create index file_by_deal on crm.file (organization_id, deal_id, created_at desc, id desc) where deal_id is not null and deleted_at is null and is_complete;

-- Its bytes, in pieces that every replica can put together.
create table crm.file_chunk (
  organization_id uuid        not null default platform.current_organization(),
  file_id         uuid        not null,
  position        integer     not null check (position >= 0),
  bytes           bytea       not null check (length(bytes) between 1 and 524288),
  -- Since when nobody needs it: the file is deleted, or not whole yet. It goes a while later.
  unneeded_since  timestamptz default now(),
  primary key (organization_id, file_id, position),
  foreign key (organization_id, file_id) references crm.file (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('crm.file_chunk');
select platform.grant_relay('crm.file_chunk', 'select, delete');
-- Of all organisations: for whoever clears away.
create index file_chunk_unneeded on crm.file_chunk (unneeded_since) where unneeded_since is not null;

-- Files go over with a merge, too. Every row has one of the older kinds: nothing has to be looked through.
alter table crm.merge_child drop constraint merge_child_kind_check;
alter table crm.merge_child add constraint merge_child_kind_check check (kind in ('deal', 'task', 'note', 'file', 'entry', 'contact', 'company')) not valid;
