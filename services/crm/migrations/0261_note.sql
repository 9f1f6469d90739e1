create table crm.note (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null default platform.uuid_v7(),
  body            text        not null check (length(body) between 1 and 10000),
  mentions        uuid[]      not null check (cardinality(mentions) <= 20),
  -- What the note is about: who may see that, may see the note.
  contact_id      uuid,
  company_id      uuid,
  deal_id         uuid,
  author_id       uuid,
  created_at      timestamptz not null default date_trunc('milliseconds', now()),
  updated_at      timestamptz not null default date_trunc('milliseconds', now()),
  -- Counts the note.* events of this row.
  version         integer     not null default 1,
  deleted_at      timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, contact_id) references crm.contact (organization_id, id),
  foreign key (organization_id, company_id) references crm.company (organization_id, id),
  foreign key (organization_id, deal_id) references crm.deal (organization_id, id),
  check (num_nonnulls(contact_id, company_id, deal_id) = 1)
);
select platform.protect_tenant_table('crm.note');

create index note_by_creation on crm.note (organization_id, created_at desc, id desc) where deleted_at is null;
create index note_by_contact on crm.note (organization_id, contact_id, created_at desc, id desc) where contact_id is not null and deleted_at is null;
create index note_by_company on crm.note (organization_id, company_id, created_at desc, id desc) where company_id is not null and deleted_at is null;
create index note_by_deal on crm.note (organization_id, deal_id, created_at desc, id desc) where deal_id is not null and deleted_at is null;

-- Who is told of which note, for the question of a person.
create table crm.note_mention (
  organization_id uuid        not null default platform.current_organization(),
  user_id         uuid        not null,
  note_id         uuid        not null,
  primary key (organization_id, user_id, note_id),
  foreign key (organization_id, note_id) references crm.note (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('crm.note_mention');
create index note_mention_by_note on crm.note_mention (organization_id, note_id);

-- Keeps it in step with note.mentions of the living, in the same statement.
create function crm.keep_note_mention() returns trigger language plpgsql set search_path = crm, pg_temp as $$
begin
  delete from note_mention as kept
   where kept.organization_id = new.organization_id and kept.note_id = new.id
     and (new.deleted_at is not null or kept.user_id <> all (new.mentions));
  if new.deleted_at is not null then return null; end if;
  insert into note_mention (organization_id, user_id, note_id)
  select new.organization_id, mentioned, new.id from unnest(new.mentions) as mentioned
  on conflict do nothing;
  return null;
end $$;
create trigger keep_note_mention after insert or update of mentions, deleted_at on crm.note
  for each row execute function crm.keep_note_mention();
