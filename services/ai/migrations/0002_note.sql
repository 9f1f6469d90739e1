create table ai.note (
  organization_id  uuid not null default platform.current_organization(),
  id               uuid not null default platform.uuid_v7(),
  title            text not null check (length(title) between 1 and 200),
  body             text not null check (length(body) between 1 and 20000),
  version          integer not null default 1,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  primary key (organization_id, id)
);
select platform.protect_tenant_table('ai.note');

-- A note cut into passages of a few sentences: the unit that is found and quoted.
-- The configuration `russian` stems Cyrillic words as Russian and Latin words as English.
-- No GIN index: under row-level security `@@` is not leakproof, so the planner would not use it; the primary key
-- narrows to one organisation, whose notes are few.
create table ai.note_passage (
  organization_id  uuid not null default platform.current_organization(),
  note_id          uuid not null,
  position         integer not null,
  title            text not null,
  body             text not null,
  search           tsvector not null generated always as (
    setweight(to_tsvector('russian', title), 'A') || setweight(to_tsvector('russian', body), 'B')
  ) stored,
  primary key (organization_id, note_id, position),
  foreign key (organization_id, note_id) references ai.note (organization_id, id) on delete cascade
);
select platform.protect_tenant_table('ai.note_passage');
