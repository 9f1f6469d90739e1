-- States: see src/drafts/draft.ts.
create table ai.draft (
  organization_id         uuid not null default platform.current_organization(),
  id                      uuid not null default platform.uuid_v7(),
  conversation_id         uuid not null,
  contact_id              uuid,
  status                  text not null default 'generating'
                          check (status in ('generating', 'waiting', 'approved', 'rejected', 'outdated', 'failed')),
  based_on_message_id     uuid not null,
  based_on_sequence       integer not null,
  outdated_by_message_id  uuid,
  subject                 text not null default '' check (length(subject) <= 1000),
  body                    text not null default '' check (length(body) <= 100000),
  language                text not null default '',
  provider                text not null default 'local' check (provider in ('local', 'openai-compatible')),
  model                   text not null default '',
  tone                    text not null check (tone in ('neutral', 'friendly', 'formal')),
  length                  text not null check (length in ('short', 'normal', 'long')),
  sources                 jsonb not null default '[]',
  reason                  text check (length(reason) <= 1000),
  diff                    jsonb,
  -- Null: drafted by itself, because the customer wrote.
  requested_by            uuid,
  decided_by              uuid,
  decided_at              timestamptz,
  created_at              timestamptz not null default now(),
  version                 integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, conversation_id) references ai.conversation (organization_id, id) on delete cascade,
  check ((status = 'outdated') = (outdated_by_message_id is not null)),
  check ((status in ('approved', 'rejected')) = (decided_by is not null and decided_at is not null))
);
create unique index draft_one_active on ai.draft (organization_id, conversation_id) where status in ('generating', 'waiting');
create index draft_of_conversation on ai.draft (organization_id, conversation_id, id desc);
select platform.protect_tenant_table('ai.draft');
-- The tables' types are generated; what a json column holds is said here.
comment on column ai.draft.sources is 'type: DraftSource[]';
comment on column ai.draft.diff is 'type: DraftDiff';
