-- Words typed in the wrong keyboard layout are found where nothing is found as they stand, before words are taken to be misspelt. The
-- three searches are one from now on; each stays a function of its own, for whom it is granted.

create or replace function crm.has_words(words text, query text) returns boolean
language sql immutable parallel safe
return words like all (crm.search_patterns(query))
  or coalesce(words like crm.phone_pattern(query), false)
  or words like all (crm.search_patterns(platform.other_layout(query)));

-- Ids of the living contacts, companies or deals of the current organisation that have every word of the query; else those that have the
-- phone number that it is; else its words as the other layout writes them; else words may be misspelt. The two longest words go to the
-- index, the rest filters. With the rights of whoever calls: nobody but the three functions below has any on these tables.
create function crm.find_words(record text, query text) returns setof uuid
language plpgsql stable rows 100
set search_path = crm, platform, pg_temp
-- At the default of 0.6 two swapped letters in a word of five (smiht) are not forgiven.
set pg_trgm.word_similarity_threshold = 0.5
as $$
declare
  tenant constant uuid := platform.current_organization();
  patterns constant text[] := crm.search_patterns(query);
  switched constant text[] := crm.search_patterns(platform.other_layout(query));
  phone constant text := crm.phone_pattern(query);
  candidates constant text := format('select s.%I from %I s where s.tenant_id = $1', record || '_id', record || '_search');
  having_all constant text := candidates || ' and s.words like $2 and s.words like $3 and s.words like all ($4)';
begin
  if patterns is null then return; end if;

  return query execute having_all using tenant, patterns[1], coalesce(patterns[2], '%'), patterns[3:];
  if found then return; end if;

  if phone is not null then
    return query execute candidates || ' and s.words like $2' using tenant, phone;
    if found then return; end if;
  end if;

  return query execute having_all using tenant, switched[1], coalesce(switched[2], '%'), switched[3:];
  if found then return; end if;

  return query execute candidates || ' and (s.words like $2 or s.words %> $3) and (s.words like $4 or s.words %> $5)
      and not exists (select from unnest($6) as pattern where not (s.words like pattern or s.words %> trim(pattern, ''% '')))'
    using tenant, patterns[1], trim(patterns[1], '% '), coalesce(patterns[2], patterns[1]), trim(coalesce(patterns[2], patterns[1]), '% '), patterns[3:];
end $$;
revoke all on function crm.find_words(text, text) from public;

create or replace function crm.search_contact(query text) returns setof uuid
language sql stable security definer rows 100 set search_path = crm, platform, pg_temp
as $$ select find_words('contact', query) $$;

create or replace function crm.search_company(query text) returns setof uuid
language sql stable security definer rows 100 set search_path = crm, platform, pg_temp
as $$ select find_words('company', query) $$;

create or replace function crm.search_deal(query text) returns setof uuid
language sql stable security definer rows 100 set search_path = crm, platform, pg_temp
as $$ select find_words('deal', query) $$;
