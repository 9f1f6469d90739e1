-- Words typed in the wrong keyboard layout are found where nothing is found as they stand, before words are taken to be misspelt.

create or replace function crm.has_words(words text, query text) returns boolean
language sql immutable parallel safe
return words like all (crm.search_patterns(query))
  or coalesce(words like crm.phone_pattern(query), false)
  or words like all (crm.search_patterns(platform.other_layout(query)));

create or replace function crm.search_contact(query text) returns setof uuid
language plpgsql stable security definer rows 100
set search_path = crm, platform, pg_temp
set pg_trgm.word_similarity_threshold = 0.5
as $$
declare
  tenant constant uuid := platform.current_organization();
  patterns constant text[] := crm.search_patterns(query);
  switched constant text[] := crm.search_patterns(platform.other_layout(query));
  phone constant text := crm.phone_pattern(query);
  first_word constant text := trim(patterns[1], '% ');
  second_word constant text := trim(coalesce(patterns[2], patterns[1]), '% ');
begin
  return query
    select s.contact_id
    from contact_search s
    where s.tenant_id = tenant and s.words like patterns[1] and s.words like coalesce(patterns[2], '%')
      and s.words like all (patterns[3:]);
  if found or patterns is null then return; end if;

  if phone is not null then
    return query select s.contact_id from contact_search s where s.tenant_id = tenant and s.words like phone;
    if found then return; end if;
  end if;

  return query
    select s.contact_id
    from contact_search s
    where s.tenant_id = tenant and s.words like switched[1] and s.words like coalesce(switched[2], '%')
      and s.words like all (switched[3:]);
  if found then return; end if;

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

create or replace function crm.search_company(query text) returns setof uuid
language plpgsql stable security definer rows 100
set search_path = crm, platform, pg_temp
set pg_trgm.word_similarity_threshold = 0.5
as $$
declare
  tenant constant uuid := platform.current_organization();
  patterns constant text[] := crm.search_patterns(query);
  switched constant text[] := crm.search_patterns(platform.other_layout(query));
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
    where s.tenant_id = tenant and s.words like switched[1] and s.words like coalesce(switched[2], '%')
      and s.words like all (switched[3:]);
  if found then return; end if;

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

create or replace function crm.search_deal(query text) returns setof uuid
language plpgsql stable security definer rows 100
set search_path = crm, platform, pg_temp
set pg_trgm.word_similarity_threshold = 0.5
as $$
declare
  tenant constant uuid := platform.current_organization();
  patterns constant text[] := crm.search_patterns(query);
  switched constant text[] := crm.search_patterns(platform.other_layout(query));
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
    where s.tenant_id = tenant and s.words like switched[1] and s.words like coalesce(switched[2], '%')
      and s.words like all (switched[3:]);
  if found then return; end if;

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
