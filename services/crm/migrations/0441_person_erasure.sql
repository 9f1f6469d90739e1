-- That somebody was erased: by ids and numbers, without anything that tells who it was. States: erasing → done.
create table crm.person_erasure (
  organization_id uuid        not null default platform.current_organization(),
  id              uuid        not null default platform.uuid_v7(),
  contact_id      uuid        not null,
  -- Of the event that asked for it, whose data goes when everything is done.
  request_id      uuid        not null,
  state           text        not null default 'erasing' check (state in ('erasing', 'done')),
  -- By service, of those that are done.
  parts           jsonb       not null default '{}',
  requested_by_id uuid,
  requested_at    timestamptz not null default date_trunc('milliseconds', now()),
  finished_at     timestamptz,
  primary key (organization_id, id),
  check ((state = 'done') = (finished_at is not null))
);
select platform.protect_tenant_table('crm.person_erasure');
create unique index person_erasure_of_contact on crm.person_erasure (organization_id, contact_id);
comment on column crm.person_erasure.parts is 'type: PersonErasure["parts"]';
