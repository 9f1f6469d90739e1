-- A custom field whose values follow from others of its record by an expression. They stand in `custom` of the record like given ones,
-- so that whoever reads, filters, sorts or exports meets nothing new; they are computed in the statement that writes the record, whatever
-- statement that is.
alter table crm.field
  -- As it is answered: fields by their keys. Null: its values are given.
  add column formula text,
  -- What formula_value reads, made from the formula when it is saved.
  add column formula_tree jsonb,
  -- Formulas that others name are computed before them.
  add column formula_rank integer not null default 0,
  -- Records of before the last change of the formula are still computed by the former one.
  add column is_computing boolean not null default false;
comment on column crm.field.formula_tree is 'type: FormulaTree';

-- A small table.
-- squawk-ignore require-concurrent-index-creation
create index field_with_formula on crm.field (organization_id, record, formula_rank) where formula_tree is not null and deleted_at is null;

-- Numbers far beyond any use are no values: what is computed from them would not fit where it is kept.
create function crm.formula_number(gives text, unit jsonb, number numeric) returns jsonb language sql immutable parallel safe
return case
  when number is null or abs(number) > 1e300 then null
  when gives <> 'money' then to_jsonb(trim_scale(round(number, 20)))
  when abs(number) <= 9007199254740991 then jsonb_build_object('amountMinor', round(number), 'currency', unit)
end;

-- The day that is so many days or months later, within the years that dates have.
create function crm.formula_day(day date, days numeric, months numeric) returns jsonb language plpgsql immutable parallel safe as $$
declare moved date;
begin
  if abs(days) > 3700000 or abs(months) > 120000 then return null; end if;
  moved := (day + make_interval(months => trunc(months)::integer, days => trunc(days)::integer))::date;
  return case when moved between date '0001-01-02' and date '9999-12-31' then to_jsonb(moved::text) end;
-- Before the first day that PostgreSQL knows.
exception when datetime_field_overflow then return null;
end $$;

-- What a formula comes to in a record; null where it has no value there. The kinds were checked when the formula was saved.
create function crm.formula_value(node jsonb, record jsonb) returns jsonb language plpgsql immutable parallel safe set search_path = crm, pg_temp as $$
declare
  op constant text := node ->> 'op';
  args constant jsonb := coalesce(node -> 'args', '[]');
  arg jsonb;
  a jsonb;
  b jsonb;
  unit jsonb;
  x numeric;
  y numeric;
  words text;
begin
  case op
    when 'value' then return nullif(node -> 'value', 'null');
    when 'custom' then return record -> 'custom' -> (node ->> 'name');
    when 'column' then
      a := record -> (node ->> 'name');
      return case when a in ('null', '""') then null else a end;
    when 'amount' then
      return case when record ->> 'amount_minor' is not null then jsonb_build_object('amountMinor', record -> 'amount_minor', 'currency', record -> 'currency') end;
    when 'if' then
      return formula_value(args -> case when formula_value(args -> 0, record) = 'true' then 1 else 2 end, record);
    when 'not' then return to_jsonb(formula_value(args -> 0, record) is distinct from 'true');
    when 'isEmpty' then return to_jsonb(formula_value(args -> 0, record) is null);
    when 'and', 'or' then
      for arg in select * from jsonb_array_elements(args) loop
        if (formula_value(arg, record) is not distinct from 'true') <> (op = 'and') then return to_jsonb(op = 'or'); end if;
      end loop;
      return to_jsonb(op = 'and');
    when 'first' then
      for arg in select * from jsonb_array_elements(args) loop
        a := formula_value(arg, record);
        if a is not null then return a; end if;
      end loop;
      return null;
    when 'join' then
      for arg in select * from jsonb_array_elements(args) loop
        words := concat(words, formula_value(arg, record) #>> '{}');
        if length(words) > 2000 then return to_jsonb(left(words, 2000)); end if;
      end loop;
      return case when words <> '' then to_jsonb(words) end;
    else null;
  end case;

  -- Everything else needs all its values.
  a := formula_value(args -> 0, record);
  if jsonb_array_length(args) > 1 then b := formula_value(args -> 1, record); end if;
  if op in ('equal', 'unequal', 'less', 'atMost') then
    if a is null or b is null then return to_jsonb(op = 'unequal' and a is distinct from b); end if;
    if op in ('equal', 'unequal') then return to_jsonb((a = b) = (op = 'equal')); end if;
    -- Amounts of two currencies are neither more nor less.
    if a ->> 'currency' <> b ->> 'currency' then return 'false'; end if;
    a := coalesce(a -> 'amountMinor', a);
    b := coalesce(b -> 'amountMinor', b);
    return to_jsonb(case op when 'less' then a < b else a <= b end);
  end if;
  if a is null or (jsonb_array_length(args) > 1 and b is null) then return null; end if;
  case op
    when 'upper' then return to_jsonb(upper(a #>> '{}'));
    when 'lower' then return to_jsonb(lower(a #>> '{}'));
    when 'length' then return to_jsonb(length(a #>> '{}'));
    when 'addDays' then return formula_day((a #>> '{}')::date, (b #>> '{}')::numeric, 0);
    when 'subtractDays' then return formula_day((a #>> '{}')::date, -(b #>> '{}')::numeric, 0);
    when 'addMonths' then return formula_day((a #>> '{}')::date, 0, (b #>> '{}')::numeric);
    when 'days' then return to_jsonb((a #>> '{}')::date - (b #>> '{}')::date);
    when 'year' then return to_jsonb(extract(year from (a #>> '{}')::date));
    when 'month' then return to_jsonb(extract(month from (a #>> '{}')::date));
    when 'earliest' then return least(a, b);
    when 'latest' then return greatest(a, b);
    else null;
  end case;

  if a ->> 'currency' <> b ->> 'currency' then return null; end if;
  unit := coalesce(a -> 'currency', b -> 'currency');
  x := coalesce(a ->> 'amountMinor', a #>> '{}')::numeric;
  y := coalesce(b ->> 'amountMinor', b #>> '{}')::numeric;
  return formula_number(node ->> 'gives', unit, case op
    when 'add' then x + y
    when 'subtract' then x - y
    when 'multiply' then x * y
    when 'divide' then x / nullif(y, 0)
    when 'negate' then -x
    when 'abs' then abs(x)
    when 'round' then round(x, greatest(-15, least(15, trunc(y)))::integer)
    when 'least' then least(x, y)
    when 'greatest' then greatest(x, y)
  end);
end $$;

-- The given values of a record with those that follow from them.
create function crm.with_formulas(organization uuid, kind text, written jsonb) returns jsonb
language plpgsql set search_path = crm, pg_temp as $$
declare
  formula record;
  found jsonb;
  known jsonb := written;
begin
  for formula in
    select field.id::text as id, field.kind, field.formula_tree from field
     where field.organization_id = organization and field.record = with_formulas.kind and field.formula_tree is not null and field.deleted_at is null
     order by field.formula_rank
  loop
    found := formula_value(formula.formula_tree, known);
    if formula.kind = 'number' then found := to_jsonb((found #>> '{}')::float8); end if;
    known := jsonb_set(known, '{custom}', case when found is null then (known -> 'custom') - formula.id else (known -> 'custom') || jsonb_build_object(formula.id, found) end);
  end loop;
  return known -> 'custom';
end $$;

-- Whoever changes formulas waits for the records that are being written by the former ones, and those that come wait for them
-- (services/crm/src/fields/field.ts): what is written without the new formula is there for the job that computes the rest.
create function crm.keep_formulas() returns trigger language plpgsql set search_path = crm, pg_temp as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('crm.fields:' || new.organization_id || tg_table_name, 0));
  if exists (select from field where organization_id = new.organization_id and record = tg_table_name and formula_tree is not null and deleted_at is null) then
    new.custom := with_formulas(new.organization_id, tg_table_name, to_jsonb(new));
  end if;
  return new;
end $$;
create trigger keep_formulas before insert or update on crm.contact for each row execute function crm.keep_formulas();
create trigger keep_formulas before insert or update on crm.company for each row execute function crm.keep_formulas();
create trigger keep_formulas before insert or update on crm.deal for each row execute function crm.keep_formulas();

-- Values change with statements that do not name `custom`.
create or replace trigger keep_field_value after update on crm.contact
  for each row when ((new.custom is distinct from old.custom or (new.deleted_at is null) <> (old.deleted_at is null)) and (new.custom <> '{}' or old.custom <> '{}'))
  execute function crm.keep_field_value();
create or replace trigger keep_field_value after update on crm.company
  for each row when ((new.custom is distinct from old.custom or (new.deleted_at is null) <> (old.deleted_at is null)) and (new.custom <> '{}' or old.custom <> '{}'))
  execute function crm.keep_field_value();
create or replace trigger keep_field_value after update on crm.deal
  for each row when ((new.custom is distinct from old.custom or (new.deleted_at is null) <> (old.deleted_at is null)) and (new.custom <> '{}' or old.custom <> '{}'))
  execute function crm.keep_field_value();

create trigger keep_contact_search_of_formulas after update on crm.contact
  for each row when (new.custom is distinct from old.custom) execute function crm.keep_contact_search();
create trigger keep_company_search_of_formulas after update on crm.company
  for each row when (new.custom is distinct from old.custom) execute function crm.keep_company_search();
create trigger keep_deal_search_of_formulas after update on crm.deal
  for each row when (new.custom is distinct from old.custom) execute function crm.keep_deal_search();
