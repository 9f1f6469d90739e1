-- The table of deals is rewritten once: 30,000 deals are a second.
-- squawk-ignore-file changing-column-type, adding-not-nullable-field
-- Stages of an organisation's own. Descending, so that what comes later stands higher; across organisations, because it says nothing but an order.
create sequence crm.deal_rank;
grant usage on sequence crm.deal_rank to crm_app;

alter table crm.deal add column pipeline_id uuid, add column stage_kind text, add column stage_entered_at timestamptz, add column rank numeric;

-- No trigger runs for it, and no tenant has to be known.
alter table crm.deal
  alter column pipeline_id type uuid using platform.derived_id('pipeline.first', organization_id),
  alter column stage_kind type text using case when stage in ('won', 'lost') then stage else 'open' end,
  alter column stage_entered_at type timestamptz using updated_at,
  alter column rank type numeric using -nextval('crm.deal_rank'),
  alter column pipeline_id set not null,
  alter column stage_kind set not null,
  alter column stage_entered_at set not null,
  alter column rank set not null,
  alter column rank set default -nextval('crm.deal_rank'),
  -- Set by enter_stage, whatever is given.
  alter column pipeline_id set default '00000000-0000-0000-0000-000000000000',
  alter column stage_kind set default 'open',
  alter column stage_entered_at set default date_trunc('milliseconds', now()),
  drop constraint deal_stage_check,
  drop constraint deal_check1,
  add constraint deal_stage_check check (length(stage) between 2 and 36) not valid,
  add constraint deal_stage_kind_check check (stage_kind in ('open', 'won', 'lost')) not valid,
  add constraint deal_reason_of_loss check (lost_reason is null or stage_kind = 'lost') not valid;

-- Text that sorts as the number does: the comparisons of texts are leakproof, those of numerics are not, and row-level security would keep them
-- from the index. Ranks are far smaller than 10^18.
create function crm.sorted_rank(rank numeric) returns text
language sql immutable strict parallel safe
return lpad(floor(rank + 1000000000000000000)::text, 19, '0') || substr(trim_scale(rank - floor(rank))::text, 2);
-- squawk-ignore adding-field-with-default
alter table crm.deal add column sort_rank text collate "C" not null generated always as (crm.sorted_rank(rank)) stored;

-- The table was written anew just now, in this transaction: nobody waits longer for its indexes.
-- squawk-ignore require-concurrent-index-creation
create unique index deal_rank_key on crm.deal (organization_id, stage, sort_rank) where deleted_at is null;
-- squawk-ignore require-concurrent-index-creation
create index deal_decided on crm.deal (organization_id, stage, stage_entered_at desc, id desc) where deleted_at is null and stage_kind <> 'open';
-- squawk-ignore require-concurrent-index-creation
create index deal_by_entry on crm.deal (organization_id, stage_entered_at, id) where deleted_at is null;

alter table crm.field drop constraint field_required_stages_check;
alter table crm.field add constraint field_required_stages_check check (cardinality(required_stages) <= 100) not valid;
comment on column crm.field.required_stages is 'type: StageId';

-- Whatever writes the stage of a deal, or brings a deal back: pipeline and kind follow from the stage, it stands there from now on, and on top
-- unless told.
create function crm.enter_stage() returns trigger language plpgsql set search_path = crm, platform, pg_temp as $$
declare
  entered stage;
begin
  select * into entered from stage where organization_id = new.organization_id and id = new.stage;
  if not found then
    insert into stage select * from first_stages(new.organization_id)
     where not exists (select from stage where organization_id = new.organization_id and pipeline_id = derived_id('pipeline.first', new.organization_id))
    on conflict do nothing;
    select * into entered from stage where organization_id = new.organization_id and id = new.stage;
  end if;
  -- What comes back from the trash finds its stage gone: then it stands where the others went. Not in circles: a stage goes to one that stays.
  while entered.retired_into is not null and tg_op = 'UPDATE' and new.stage = old.stage loop
    select * into entered from stage where organization_id = new.organization_id and id = entered.retired_into;
  end loop;
  if tg_op = 'UPDATE' and new.stage = old.stage then
    new.stage := entered.id;
  end if;
  if entered.id is null then
    raise exception 'there is no stage %', new.stage using errcode = 'foreign_key_violation';
  end if;
  new.pipeline_id := entered.pipeline_id;
  new.stage_kind := entered.kind;
  new.stage_entered_at := date_trunc('milliseconds', now());
  if tg_op = 'UPDATE' and new.rank = old.rank then
    new.rank := -nextval('deal_rank');
  end if;
  return new;
end $$;
-- Before keep_formulas by its name: formulas see what follows from the stage.
create trigger enter_stage_of_new before insert on crm.deal for each row execute function crm.enter_stage();
create trigger enter_stage before update of stage, deleted_at on crm.deal
  for each row when (new.stage <> old.stage or (new.deleted_at is null and old.deleted_at is not null)) execute function crm.enter_stage();

-- The stage that it came with, of a task that a deal got on its way.
alter table crm.task add column stage text;
-- Empty as yet: built by one look at the table.
-- squawk-ignore require-concurrent-index-creation
create index task_of_stage on crm.task (organization_id, deal_id, stage) where stage is not null and done_at is null and deleted_at is null;
