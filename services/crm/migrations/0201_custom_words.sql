-- Texts are told from ids of people, records and options by their form: the owner of the search triggers reads no definitions
-- (row-level security gives it none), and need not.
create or replace function crm.custom_words(organization uuid, custom jsonb) returns text
language sql immutable parallel safe
return (
  select string_agg(left(given.value #>> '{}', 200), ' ' order by given.key)
    from jsonb_each(custom) as given (key, value)
   where jsonb_typeof(given.value) = 'string'
     and given.value #>> '{}' !~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
);
