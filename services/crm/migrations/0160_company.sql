create table crm.company (
  organization_id  uuid        not null default platform.current_organization(),
  id               uuid        not null default platform.uuid_v7(),
  name             text        not null check (length(name) between 1 and 200),
  -- Lower case, ASCII (RFC 5890), as in addresses; in the order in which they were given.
  domains          text[]      not null check (cardinality(domains) <= 20),
  website          text        check (length(website) <= 500),
  phone            text        check (length(phone) <= 40),
  address          text        check (length(address) <= 500),
  industry         text        check (length(industry) <= 100),
  size             text        check (size in ('1-10', '11-50', '51-200', '201-1000', '1001-5000', '5001+')),
  note             text        check (length(note) <= 5000),
  parent_id        uuid        check (parent_id <> id),
  owner_id         uuid,
  created_at       timestamptz not null default date_trunc('milliseconds', now()),
  updated_at       timestamptz not null default date_trunc('milliseconds', now()),
  -- Counts the company.* events of this row.
  version          integer     not null default 1,
  deleted_at       timestamptz,
  -- See contact.sort_name.
  sort_name        text        not null generated always as (crm.fold_text(name)) stored,
  primary key (organization_id, id),
  foreign key (organization_id, parent_id) references crm.company (organization_id, id)
);
select platform.protect_tenant_table('crm.company');

create index company_by_creation on crm.company (organization_id, created_at desc, id desc) where deleted_at is null;
create index company_by_name on crm.company (organization_id, sort_name, id) where deleted_at is null;
create index company_by_owner on crm.company (organization_id, owner_id, created_at desc, id desc) where deleted_at is null;
create index company_by_parent on crm.company (organization_id, parent_id, id) where parent_id is not null;

-- Which living company a domain belongs to: one, as the key says.
create table crm.company_domain (
  organization_id uuid not null default platform.current_organization(),
  domain          text not null,
  company_id      uuid not null,
  primary key (organization_id, domain),
  foreign key (organization_id, company_id) references crm.company (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('crm.company_domain');
create index company_domain_by_company on crm.company_domain (organization_id, company_id);

-- Keeps the domains of the living in step with company.domains, in the same statement. A domain of another company's violates
-- company_domain_pkey.
create function crm.keep_company_domain() returns trigger language plpgsql set search_path = crm, pg_temp as $$
begin
  delete from company_domain as kept
   where kept.organization_id = new.organization_id and kept.company_id = new.id
     and (new.deleted_at is not null or kept.domain <> all (new.domains));
  if new.deleted_at is not null then return null; end if;
  insert into company_domain (organization_id, domain, company_id)
  select new.organization_id, given.domain, new.id
    from unnest(new.domains) as given (domain)
   where not exists (
     select from company_domain as kept
      where kept.organization_id = new.organization_id and kept.company_id = new.id and kept.domain = given.domain
   );
  return null;
end $$;
create trigger keep_company_domain after insert or update of domains, deleted_at on crm.company
  for each row execute function crm.keep_company_domain();

-- As contact_search: what the application cannot read, asked through one function (0002_contact_search.sql).
create table crm.company_search (
  tenant_id  uuid not null,
  company_id uuid not null,
  words      text not null,
  primary key (tenant_id, company_id),
  foreign key (tenant_id, company_id) references crm.company (organization_id, id) on delete cascade
);
revoke all on crm.company_search from public, crm_app;
create index company_search_words on crm.company_search using gin (tenant_id, words gin_trgm_ops)
  with (fastupdate = on, gin_pending_list_limit = 256);

create function crm.keep_company_search() returns trigger
language plpgsql security definer set search_path = crm, pg_temp
as $$
begin
  if new.deleted_at is not null then
    delete from company_search where tenant_id = new.organization_id and company_id = new.id;
    return null;
  end if;
  insert into company_search (tenant_id, company_id, words)
  values (new.organization_id, new.id, ' ' || fold_text(concat_ws(' ', new.name, array_to_string(new.domains, ' '))))
  on conflict (tenant_id, company_id) do update set words = excluded.words where company_search.words <> excluded.words;
  return null;
end $$;
revoke all on function crm.keep_company_search() from public;
create trigger keep_company_search after insert or update of name, domains, deleted_at on crm.company
  for each row execute function crm.keep_company_search();

-- Ids of the living companies of the current organisation that have every word of the query; where none has, words may be
-- misspelt. On the reviewed list of definer functions.
create function crm.search_company(query text) returns setof uuid
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
    select s.company_id
    from company_search s
    where s.tenant_id = tenant and s.words like patterns[1] and s.words like coalesce(patterns[2], '%')
      and s.words like all (patterns[3:]);
  if found or patterns is null then return; end if;

  return query
    select s.company_id
    from company_search s
    where s.tenant_id = tenant
      and (s.words like patterns[1] or s.words %> first_word)
      and (s.words like coalesce(patterns[2], patterns[1]) or s.words %> second_word)
      and not exists (
        select from unnest(patterns[3:]) as pattern
        where not (s.words like pattern or s.words %> trim(pattern, '% '))
      );
end $$;
revoke all on function crm.search_company(text) from public;
grant execute on function crm.search_company(text) to crm_app;
