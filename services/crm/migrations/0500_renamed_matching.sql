-- Jobs of crm.match-record, which compared one record, wait for nobody: what they were about is noted for crm.match-records, which compares many.
-- Migrations see no tenant's row, but for this one.
alter table crm.job no force row level security;
alter table crm.unmatched_record no force row level security;
insert into crm.unmatched_record (organization_id, record, record_id)
select distinct organization_id, payload ->> 'record', (payload ->> 'id')::uuid from crm.job where name = 'crm.match-record'
    on conflict do nothing;
insert into crm.job (organization_id, name, key, payload, origin, max_attempts)
select distinct on (organization_id, payload ->> 'record')
       organization_id, 'crm.match-records', payload ->> 'record', jsonb_build_object('record', payload -> 'record'), origin, 10
  from crm.job where name = 'crm.match-record'
 order by organization_id, payload ->> 'record', id
    on conflict do nothing;
delete from crm.job where name = 'crm.match-record';
alter table crm.job force row level security;
alter table crm.unmatched_record force row level security;
