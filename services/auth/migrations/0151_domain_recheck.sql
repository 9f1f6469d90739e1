-- A proven domain is looked at again: src/sso/domains/domain-health.ts has the states.
alter table auth.email_domain
  add column proof_failures      integer not null default 0,
  -- Since when every definite answer was without the record.
  add column proof_failing_since timestamptz(3),
  -- It was proven once, and lost its power because the record was gone.
  add column lapsed_at           timestamptz(3),
  add constraint email_domain_failing check ((proof_failures > 0) = (proof_failing_since is not null)) not valid;

-- Here, where every organisation's are together: whose turn is it? What was proven before is looked at a day after this.
alter table auth.captured_domain
  add column recheck_at timestamptz(3) not null default now() + interval '1 day',
  -- Leads those who are known to the provider there still, binds nobody, and is anybody's who proves it.
  add column lapsed_at  timestamptz(3);
-- A row per proven domain: few.
-- squawk-ignore require-concurrent-index-creation
create index captured_domain_due on auth.captured_domain (recheck_at) where lapsed_at is null;
