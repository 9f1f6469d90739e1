-- Whether there are formulas is looked for once in a transaction: whoever would make the first one waits until it is over (the lock), and
-- a savepoint that is rolled back gives up what was noted after it together with the lock. An import asks once for its batch, not for each row.
create or replace function crm.keep_formulas() returns trigger language plpgsql set search_path = crm, pg_temp as $$
declare
  records constant text := new.organization_id || tg_table_name;
begin
  if current_setting('crm.without_formulas', true) = records then return new; end if;
  perform pg_advisory_xact_lock_shared(hashtextextended('crm.fields:' || records, 0));
  if exists (select from field where organization_id = new.organization_id and record = tg_table_name and formula_tree is not null and deleted_at is null) then
    new.custom := with_formulas(new.organization_id, tg_table_name, to_jsonb(new));
  else
    perform set_config('crm.without_formulas', records, true);
  end if;
  return new;
end $$;
