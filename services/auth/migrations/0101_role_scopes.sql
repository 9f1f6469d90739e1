-- How far reading and changing reach per kind of record, as in contracts/core/authorization.ts; none named: everything.
alter table auth.role add column scopes jsonb not null default '{}';
comment on column auth.role.scopes is 'type: RecordScopes';
