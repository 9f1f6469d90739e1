-- In an organisation with a million contacts two letters are in two hundred thousand of them. Whoever looks for the best few does not need all
-- of those (`most`), and a filter for a rare part of a text does not need to walk past everybody who does not have it.

-- Takes the place of find_words (0390_other_layout.sql), which it is without a bound: null. With the rights of whoever calls: nobody but the functions that ask it has any.
create function crm.find_some(record text, query text, most int) returns setof uuid
language plpgsql stable rows 100
set search_path = crm, platform, pg_temp
set pg_trgm.word_similarity_threshold = 0.5
as $$
declare
  tenant constant uuid := platform.current_organization();
  patterns constant text[] := crm.search_patterns(query);
  switched constant text[] := crm.search_patterns(platform.other_layout(query));
  phone constant text := crm.phone_pattern(query);
  candidates constant text := format('select s.%I from %I s where s.tenant_id = $1', record || '_id', record || '_search');
  having_all constant text := candidates || ' and s.words like $2 and s.words like $3 and s.words like all ($4) limit $5';
begin
  if patterns is null then return; end if;

  return query execute having_all using tenant, patterns[1], coalesce(patterns[2], '%'), patterns[3:], most;
  if found then return; end if;

  if phone is not null then
    return query execute candidates || ' and s.words like $2 limit $3' using tenant, phone, most;
    if found then return; end if;
  end if;

  return query execute having_all using tenant, switched[1], coalesce(switched[2], '%'), switched[3:], most;
  if found then return; end if;

  return query execute candidates || ' and (s.words like $2 or s.words %> $3) and (s.words like $4 or s.words %> $5)
      and not exists (select from unnest($6) as pattern where not (s.words like pattern or s.words %> trim(pattern, ''% ''))) limit $7'
    using tenant, patterns[1], trim(patterns[1], '% '), coalesce(patterns[2], patterns[1]), trim(coalesce(patterns[2], patterns[1]), '% '), patterns[3:], most;
end $$;
revoke all on function crm.find_some(text, text, int) from public;

create or replace function crm.search_contact(query text) returns setof uuid
language sql stable security definer rows 100 set search_path = crm, platform, pg_temp
as $$ select find_some('contact', query, null) $$;
create or replace function crm.search_company(query text) returns setof uuid
language sql stable security definer rows 100 set search_path = crm, platform, pg_temp
as $$ select find_some('company', query, null) $$;
create or replace function crm.search_deal(query text) returns setof uuid
language sql stable security definer rows 100 set search_path = crm, platform, pg_temp
as $$ select find_some('deal', query, null) $$;
create or replace function crm.search_task(query text) returns setof uuid
language sql stable security definer rows 100 set search_path = crm, platform, pg_temp
as $$ select find_some('task', query, null) $$;
create or replace function crm.search_note(query text) returns setof uuid
language sql stable security definer rows 100 set search_path = crm, platform, pg_temp
as $$ select find_some('note', query, null) $$;
drop function crm.find_words(text, text);

create function crm.search_some(record text, query text, most int) returns setof uuid
language plpgsql stable security definer rows 100 set search_path = crm, platform, pg_temp
as $$
begin
  if record in ('contact', 'company', 'deal', 'task', 'note') then return query select find_some(record, query, most); end if;
end $$;
revoke all on function crm.search_some(text, text, int) from public;
grant execute on function crm.search_some(text, text, int) to crm_app;

-- Ids of the living records of the current organisation whose words have the fragment, as it is spelt; null where those are more than `most`, or
-- the fragment is too short for the index.
create function crm.records_having(record text, fragment text, most int) returns uuid[]
language plpgsql stable security definer
set search_path = crm, platform, pg_temp
as $$
declare
  folded constant text := crm.fold_text(fragment);
  ids uuid[];
begin
  if length(folded) < 3 or record not in ('contact', 'company', 'deal') then return null; end if;
  execute format('select array_agg(found.id) from (select s.%I as id from %I s where s.tenant_id = $1 and s.words like $2 limit $3) as found',
      record || '_id', record || '_search')
    into ids using platform.current_organization(), '%' || replace(replace(replace(folded, '\', '\\'), '%', '\%'), '_', '\_') || '%', most + 1;
  return case when cardinality(ids) > most then null else coalesce(ids, '{}') end;
end $$;
revoke all on function crm.records_having(text, text, int) from public;
grant execute on function crm.records_having(text, text, int) to crm_app;
