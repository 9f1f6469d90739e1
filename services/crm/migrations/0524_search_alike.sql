-- For whoever may not see every field of a record: a word that stands in a hidden one must not keep those from being found in whose shown
-- words it is misspelt, or that they are not would tell. As the last step of find_words (0390_other_layout.sql), whatever the others find.
create function crm.search_alike(record text, query text) returns setof uuid
language plpgsql stable security definer rows 100
set search_path = crm, platform, pg_temp
set pg_trgm.word_similarity_threshold = 0.5
as $$
declare
  patterns constant text[] := crm.search_patterns(query);
  second constant text := coalesce(patterns[2], patterns[1]);
begin
  if patterns is null or record not in ('contact', 'company', 'deal') then return; end if;
  return query execute format('select s.%I from %I s where s.tenant_id = $1 and (s.words like $2 or s.words %%> $3) and (s.words like $4 or s.words %%> $5)',
      record || '_id', record || '_search')
    using platform.current_organization(), patterns[1], trim(patterns[1], '% '), second, trim(second, '% ');
end $$;
revoke all on function crm.search_alike(text, text) from public;
grant execute on function crm.search_alike(text, text) to crm_app;

-- Whether words have every word of the query, spelt so or nearly so.
create function crm.has_alike_words(words text, query text) returns boolean
language sql immutable parallel safe
return not exists (
  select from unnest(crm.search_patterns(query)) as pattern
   where not (words like pattern or platform.word_similarity(trim(pattern, '% '), words) >= 0.5)
);
