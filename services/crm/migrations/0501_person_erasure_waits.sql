-- What an erasure waits for, by service.
alter table crm.person_erasure add column waits jsonb not null default '{}';
comment on column crm.person_erasure.waits is 'type: PersonErasure["waits"]';
