-- That an organisation is being erased here, or was: all that stays of it. It holds no personal data.
-- States: erasing → settling (everything is gone once; whatever was still at work may write a little longer)
--         → answered (gone for the second time, the coordinator is told) → erased (the log of events is gone too)
create table erased_organization (
  organization_id uuid        not null default platform.current_organization() primary key,
  saga_id         uuid        not null,
  stage           text        not null check (stage in ('erasing', 'settling', 'answered', 'erased')),
  began_at        timestamptz not null default now(),
  erased_at       timestamptz
);
select platform.protect_tenant_table('erased_organization');

-- The mark cannot be taken away again, and only behind it may a log that is written once be deleted.
do $$
declare
  app text := platform.service_of('erased_organization') || '_app';
begin
  execute format('revoke delete on erased_organization from %I', app);
  execute format('grant delete on event to %I', app);
end $$;
