create table crm.deal (
  organization_id   uuid        not null default platform.current_organization(),
  id                uuid        not null default platform.uuid_v7(),
  title             text        not null check (length(title) between 1 and 200),
  -- In the smallest unit of the currency (ISO 4217); at most what a JSON number holds exactly.
  amount_minor      bigint      check (amount_minor between 0 and 9007199254740991),
  currency          text        check (currency ~ '^[A-Z]{3}$'),
  stage             text        not null check (stage in ('new', 'qualified', 'proposal', 'negotiation', 'won', 'lost')),
  lost_reason       text        check (length(lost_reason) <= 500),
  expected_close_on date,
  company_id        uuid,
  contacts          jsonb       not null,
  owner_id          uuid,
  created_at        timestamptz not null default date_trunc('milliseconds', now()),
  updated_at        timestamptz not null default date_trunc('milliseconds', now()),
  -- Counts the deal.* events of this row.
  version           integer     not null default 1,
  deleted_at        timestamptz,
  -- See contact.sort_name.
  sort_title        text        not null generated always as (crm.fold_text(title)) stored,
  -- Keeps the keyset free of nulls: a deal without a date closes last.
  sort_close        date        not null generated always as (coalesce(expected_close_on, 'infinity')) stored,
  primary key (organization_id, id),
  foreign key (organization_id, company_id) references crm.company (organization_id, id),
  check ((amount_minor is null) = (currency is null)),
  check (lost_reason is null or stage = 'lost')
);
select platform.protect_tenant_table('crm.deal');
comment on column crm.deal.contacts is 'type: DealContact[]';

create index deal_by_creation on crm.deal (organization_id, created_at desc, id desc) where deleted_at is null;
create index deal_by_title on crm.deal (organization_id, sort_title, id) where deleted_at is null;
create index deal_by_close on crm.deal (organization_id, sort_close, id) where deleted_at is null;
create index deal_by_stage on crm.deal (organization_id, stage, created_at desc, id desc) where deleted_at is null;
create index deal_by_owner on crm.deal (organization_id, owner_id, created_at desc, id desc) where deleted_at is null;
create index deal_by_company on crm.deal (organization_id, company_id, created_at desc, id desc) where company_id is not null and deleted_at is null;

-- Who takes part in which deal, for the question of a contact.
create table crm.deal_contact (
  organization_id uuid not null default platform.current_organization(),
  contact_id      uuid not null,
  deal_id         uuid not null,
  primary key (organization_id, contact_id, deal_id),
  foreign key (organization_id, contact_id) references crm.contact (organization_id, id),
  foreign key (organization_id, deal_id) references crm.deal (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('crm.deal_contact');
create index deal_contact_by_deal on crm.deal_contact (organization_id, deal_id);

-- Keeps it in step with deal.contacts of the living, in the same statement.
create function crm.keep_deal_contact() returns trigger language plpgsql set search_path = crm, pg_temp as $$
begin
  delete from deal_contact as kept
   where kept.organization_id = new.organization_id and kept.deal_id = new.id
     and (new.deleted_at is not null or not exists (
       select from jsonb_array_elements(new.contacts) as given where (given ->> 'contactId')::uuid = kept.contact_id
     ));
  if new.deleted_at is not null then return null; end if;
  insert into deal_contact (organization_id, contact_id, deal_id)
  select new.organization_id, (given ->> 'contactId')::uuid, new.id from jsonb_array_elements(new.contacts) as given
  on conflict do nothing;
  return null;
end $$;
create trigger keep_deal_contact after insert or update of contacts, deleted_at on crm.deal
  for each row execute function crm.keep_deal_contact();

-- As contact_search: what the application cannot read, asked through one function (0002_contact_search.sql).
create table crm.deal_search (
  tenant_id uuid not null,
  deal_id   uuid not null,
  words     text not null,
  primary key (tenant_id, deal_id),
  foreign key (tenant_id, deal_id) references crm.deal (organization_id, id) on delete cascade
);
revoke all on crm.deal_search from public, crm_app;
create index deal_search_words on crm.deal_search using gin (tenant_id, words gin_trgm_ops)
  with (fastupdate = on, gin_pending_list_limit = 256);

create function crm.keep_deal_search() returns trigger
language plpgsql security definer set search_path = crm, pg_temp
as $$
begin
  if new.deleted_at is not null then
    delete from deal_search where tenant_id = new.organization_id and deal_id = new.id;
    return null;
  end if;
  insert into deal_search (tenant_id, deal_id, words) values (new.organization_id, new.id, ' ' || fold_text(new.title))
  on conflict (tenant_id, deal_id) do update set words = excluded.words where deal_search.words <> excluded.words;
  return null;
end $$;
revoke all on function crm.keep_deal_search() from public;
create trigger keep_deal_search after insert or update of title, deleted_at on crm.deal
  for each row execute function crm.keep_deal_search();

-- Ids of the living deals of the current organisation that have every word of the query; where none has, words may be misspelt. On
-- the reviewed list of definer functions.
create function crm.search_deal(query text) returns setof uuid
language plpgsql stable security definer rows 100
set search_path = crm, platform, pg_temp
set pg_trgm.word_similarity_threshold = 0.5
as $$
declare
  tenant constant uuid := platform.current_organization();
  patterns constant text[] := crm.search_patterns(query);
  first_word constant text := trim(patterns[1], '% ');
  second_word constant text := trim(coalesce(patterns[2], patterns[1]), '% ');
begin
  return query
    select s.deal_id
    from deal_search s
    where s.tenant_id = tenant and s.words like patterns[1] and s.words like coalesce(patterns[2], '%')
      and s.words like all (patterns[3:]);
  if found or patterns is null then return; end if;

  return query
    select s.deal_id
    from deal_search s
    where s.tenant_id = tenant
      and (s.words like patterns[1] or s.words %> first_word)
      and (s.words like coalesce(patterns[2], patterns[1]) or s.words %> second_word)
      and not exists (
        select from unnest(patterns[3:]) as pattern
        where not (s.words like pattern or s.words %> trim(pattern, '% '))
      );
end $$;
revoke all on function crm.search_deal(text) from public;
grant execute on function crm.search_deal(text) to crm_app;

alter table crm.timeline_entry add column deal_id uuid;
-- Empty as yet: built by one look at the table.
-- squawk-ignore require-concurrent-index-creation
create index timeline_entry_by_deal on crm.timeline_entry (organization_id, deal_id, occurred_at desc, id desc) where deal_id is not null;
