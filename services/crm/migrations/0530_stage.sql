-- What CRM knows of the stages of an organisation's pipelines, as the events of pipelines tell it; retired ones stay for history. An
-- organisation of which nothing was heard yet has the stages that everybody begins with (first_stages).
create table crm.stage (
  organization_id   uuid    not null default platform.current_organization(),
  id                text    not null check (length(id) between 2 and 36),
  pipeline_id       uuid    not null,
  pipeline_name     text    not null,
  pipeline_position integer not null,
  name              text    not null,
  kind              text    not null check (kind in ('open', 'won', 'lost')),
  -- Within its pipeline.
  position          integer not null,
  probability       integer not null,
  color             text    not null,
  rotting_days      integer,
  rules             jsonb   not null,
  -- Where its deals go, of a stage that is there no longer.
  retired_into      text,
  -- Of the pipeline that this is from; 0: from first_stages.
  version           integer not null,
  primary key (organization_id, id)
);
select platform.protect_tenant_table('crm.stage');
comment on column crm.stage.rules is 'type: StageRules';

-- FIRST_STAGES of packages/contracts/src/pipeline/stages.ts, which a test compares.
create function crm.first_stages(organization uuid) returns setof crm.stage
language sql stable set search_path = crm, platform, pg_temp
as $$
  select organization, first.id, platform.derived_id('pipeline.first', organization), 'Sales', 0, first.name, first.kind, (first.nth - 1)::integer, first.probability,
         first.color, null::integer, '{"requiredFields": [], "enteredFrom": null, "movers": null, "wipLimit": null, "tasks": []}'::jsonb, null::text, 0
    from unnest(array['new', 'qualified', 'proposal', 'negotiation', 'won', 'lost'], array['New', 'Qualified', 'Proposal', 'Negotiation', 'Won', 'Lost'],
                array['open', 'open', 'open', 'open', 'won', 'lost'], array[10, 25, 50, 75, 100, 0], array['gray', 'blue', 'purple', 'orange', 'green', 'red'])
         with ordinality as first (id, name, kind, probability, color, nth)
$$;
revoke all on function crm.first_stages(uuid) from public;
grant execute on function crm.first_stages(uuid) to crm_app;
