-- The operators of pg_trgm are not leakproof: under row-level security they would filter after the policy, row by row of
-- the organisation, and never reach an index. So the searchable text lies in a table of its own on which the application
-- has no right at all; it asks one function, which takes the organisation from the context itself. Beside that, what
-- happens to a contact without changing its words (an activity) leaves the trigram index alone.
create table crm.contact_search (
  tenant_id  uuid not null,
  contact_id uuid not null,
  -- Folded; begins with a space, so that words of one or two letters can be looked up as beginnings: '% ab%'.
  words      text not null,
  primary key (tenant_id, contact_id),
  foreign key (tenant_id, contact_id) references crm.contact (organization_id, id) on delete cascade
);
revoke all on crm.contact_search from public, crm_app;

-- A short pending list: inserts stay cheap, and a search never reads more than 256 kB beside the index.
create index contact_search_words on crm.contact_search using gin (tenant_id, words gin_trgm_ops)
  with (fastupdate = on, gin_pending_list_limit = 256);

-- Keeps the searchable text in step with the living contacts, in the same statement.
create function crm.keep_contact_search() returns trigger
language plpgsql security definer set search_path = crm, pg_temp
as $$
begin
  if new.deleted_at is not null then
    delete from contact_search where tenant_id = new.organization_id and contact_id = new.id;
    return null;
  end if;
  insert into contact_search (tenant_id, contact_id, words)
  values (new.organization_id, new.id, ' ' || fold_text(concat_ws(' ', new.name, new.email, new.phone, new.company)))
  on conflict (tenant_id, contact_id) do update set words = excluded.words where contact_search.words <> excluded.words;
  return null;
end $$;
revoke all on function crm.keep_contact_search() from public;

create trigger keep_contact_search after insert or update of name, email, phone, company, deleted_at on crm.contact
  for each row execute function crm.keep_contact_search();

-- LIKE patterns for the words of a query, the longest (most selective) first: at most eight, of at most 40 letters.
create function crm.search_patterns(query text) returns text[]
language sql immutable strict parallel safe
return (
  select array_agg(pattern order by length(pattern) desc, pattern)
  from (
    select distinct case when length(word) < 3 then '% ' else '%' end
      || replace(replace(replace(left(word, 40), '\', '\\'), '%', '\%'), '_', '\_') || '%' as pattern
    from unnest((regexp_split_to_array(trim(crm.fold_text(query)), '\s+'))[1:8]) as word
    where word <> ''
  ) as patterns
);

-- Ids of the living contacts of the current organisation that have every word of the query; where none has, words may be
-- misspelt. The two longest words go to the index, the rest filters. On the reviewed list of definer functions.
create function crm.search_contact(query text) returns setof uuid
language plpgsql stable security definer rows 100
set search_path = crm, platform, pg_temp
-- At the default of 0.6 two swapped letters in a word of five (smiht) are not forgiven.
set pg_trgm.word_similarity_threshold = 0.5
as $$
declare
  tenant constant uuid := platform.current_organization();
  patterns constant text[] := crm.search_patterns(query);
  first_word constant text := trim(patterns[1], '% ');
  second_word constant text := trim(coalesce(patterns[2], patterns[1]), '% ');
begin
  return query
    select s.contact_id
    from contact_search s
    where s.tenant_id = tenant and s.words like patterns[1] and s.words like coalesce(patterns[2], '%')
      and s.words like all (patterns[3:]);
  if found or patterns is null then return; end if;

  return query
    select s.contact_id
    from contact_search s
    where s.tenant_id = tenant
      and (s.words like patterns[1] or s.words %> first_word)
      and (s.words like coalesce(patterns[2], patterns[1]) or s.words %> second_word)
      and not exists (
        select from unnest(patterns[3:]) as pattern
        where not (s.words like pattern or s.words %> trim(pattern, '% '))
      );
end $$;
revoke all on function crm.search_contact(text) from public;
grant execute on function crm.search_contact(text) to crm_app;
