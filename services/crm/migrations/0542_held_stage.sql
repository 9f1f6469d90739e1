-- As 0531 has it, and nobody retires the stage until the deal stands there: else it came back to a stage that was emptied in that moment.
create or replace function crm.enter_stage() returns trigger language plpgsql set search_path = crm, platform, pg_temp as $$
declare
  entered stage;
begin
  select * into entered from stage where organization_id = new.organization_id and id = new.stage for share;
  if not found then
    insert into stage select * from first_stages(new.organization_id)
     where not exists (select from stage where organization_id = new.organization_id and pipeline_id = derived_id('pipeline.first', new.organization_id))
    on conflict do nothing;
    select * into entered from stage where organization_id = new.organization_id and id = new.stage for share;
  end if;
  -- What comes back from the trash finds its stage gone: then it stands where the others went. Not in circles: a stage goes to one that stays.
  while entered.retired_into is not null and tg_op = 'UPDATE' and new.stage = old.stage loop
    select * into entered from stage where organization_id = new.organization_id and id = entered.retired_into for share;
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
