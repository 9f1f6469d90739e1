-- Counts changes of flags in the whole installation: one row, locked by whoever changes one, so that nobody who asks for
-- "what is newer" misses a change that commits late.
create table auth.flag_version (
  id      boolean not null default true primary key check (id),
  version bigint  not null
);
insert into auth.flag_version (version) values (0);

-- What the operator of the installation has decided. A flag without a row is as the code says.
create table auth.flag_setting (
  flag       text        not null primary key check (length(flag) <= 60),
  is_killed  boolean     not null,
  -- Of the organisations for which it is on; null: the default of the code.
  percentage integer     check (percentage between 0 and 100),
  changed_at timestamptz not null default now(),
  version    integer     not null
);

-- What organisations have decided for themselves. Rows stay when they end (is_on null), so that everybody hears of it.
create table auth.flag_override (
  tenant_id uuid    not null references auth.organization (organization_id) on delete cascade,
  flag      text    not null check (length(flag) <= 60),
  is_on     boolean,
  version   bigint  not null,
  primary key (tenant_id, flag)
);
create unique index flag_override_by_version on auth.flag_override (version);

-- Who changed what for the whole installation, and why. Append-only; no organisation's log may hold it.
create table auth.flag_change (
  id              uuid        not null default platform.uuid_v7() primary key,
  occurred_at     timestamptz not null default now(),
  flag            text        not null check (length(flag) <= 60),
  changed_by      uuid        not null,
  email           text        not null check (length(email) <= 254),
  from_killed     boolean     not null,
  from_percentage integer,
  to_killed       boolean     not null,
  to_percentage   integer,
  reason          text        not null check (length(reason) between 1 and 300),
  address         text        check (length(address) <= 64),
  user_agent      text        check (length(user_agent) <= 300),
  request_id      text        check (length(request_id) <= 100)
);

select platform.grant_global_table('auth.flag_version');
select platform.grant_global_table('auth.flag_setting');
select platform.grant_global_table('auth.flag_override');
select platform.grant_global_table('auth.flag_change');
select platform.make_append_only('auth.flag_change');
