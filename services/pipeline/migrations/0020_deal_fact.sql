-- What a deal was worth and when it was to close, since when: a row for each change. With its stays that tells what any moment of the past held.
create table pipeline.deal_fact (
  organization_id    uuid    not null default platform.current_organization(),
  deal_id            uuid    not null,
  -- Of the event that told it.
  version            integer not null,
  since              timestamptz(3) not null,
  amount_minor       bigint,
  currency           text,
  expected_close_on  date,
  primary key (organization_id, deal_id, version),
  foreign key (organization_id, deal_id) references pipeline.deal (organization_id, id)
);
select platform.protect_tenant_table('pipeline.deal_fact');

-- When exactly; null: in the first moment of the day, for which it was planned.
alter table pipeline.forecast_snapshot add column taken_at timestamptz(3);

-- What stood at some moment, or was won by then: what is lost is in no forecast. Built by one look at a table of one row for each move.
-- squawk-ignore require-concurrent-index-creation
create index stay_in_forecast on pipeline.stay (organization_id, pipeline_id, left_at) where stage_kind <> 'lost';

-- Of deals that there are: as if they had always been worth what they are worth. Making the history anew (`npm run rebuild`) tells it as it was.
-- Of all tenants, as the owner of the tables for this once.
alter table pipeline.deal no force row level security;
alter table pipeline.stay no force row level security;
alter table pipeline.deal_fact no force row level security;
insert into pipeline.deal_fact (organization_id, deal_id, version, since, amount_minor, currency, expected_close_on)
select deal.organization_id, deal.id, 0, coalesce(first.at, deal.entered_at), deal.amount_minor, deal.currency, deal.expected_close_on
  from pipeline.deal left join (select organization_id, deal_id, min(entered_at) as at from pipeline.stay group by organization_id, deal_id) as first
    on first.organization_id = deal.organization_id and first.deal_id = deal.id;
alter table pipeline.deal force row level security;
alter table pipeline.stay force row level security;
alter table pipeline.deal_fact force row level security;
