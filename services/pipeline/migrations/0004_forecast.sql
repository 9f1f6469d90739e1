-- In which currency the organisation tells sums of several; null: it has not chosen yet.
create table pipeline.currency_setting (
  organization_id  uuid not null default platform.current_organization(),
  currency         text check (currency ~ '^[A-Z]{3}$'),
  version          integer not null default 1,
  primary key (organization_id)
);
select platform.protect_tenant_table('pipeline.currency_setting');

-- What one unit is worth in the organisation's currency, from that day on.
create table pipeline.currency_rate (
  organization_id  uuid not null default platform.current_organization(),
  currency         text not null check (currency ~ '^[A-Z]{3}$'),
  valid_from       date not null,
  rate             numeric not null check (rate > 0),
  primary key (organization_id, currency, valid_from)
);
select platform.protect_tenant_table('pipeline.currency_rate');

-- The forecast of the whole organisation as it was: a row for each part (a month, overdue, undated) and currency.
create table pipeline.forecast_snapshot (
  organization_id  uuid not null default platform.current_organization(),
  pipeline_id      uuid not null,
  taken_on         date not null,
  part             text not null check (part ~ '^(\d{4}-\d{2}|overdue|undated)$'),
  currency         text not null check (currency ~ '^[A-Z]{3}$'),
  won_count        integer not null,
  won_minor        double precision not null,
  open_count       integer not null,
  open_minor       double precision not null,
  weighted_minor   double precision not null,
  empirical_minor  double precision not null,
  primary key (organization_id, pipeline_id, taken_on, part, currency)
);
select platform.protect_tenant_table('pipeline.forecast_snapshot');
