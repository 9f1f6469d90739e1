-- What the operator of the installation has decided for one organisation, beside what that decided for itself. Which of the
-- two counts: services/auth/src/flags/decision.ts.
alter table auth.flag_override add column operator_is_on boolean;
-- A row for each organisation that was ever an exception: few.
-- squawk-ignore require-concurrent-index-creation
create index flag_override_by_flag on auth.flag_override (flag, tenant_id) where operator_is_on is not null;

-- Of one organisation where it is named: then the two are its decision before and after, and the others say how it stood for everybody.
alter table auth.flag_change
  add column tenant_id uuid,
  add column slug      text check (length(slug) <= 63),
  add column from_on   boolean,
  add column to_on     boolean;
