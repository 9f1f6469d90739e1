create table ai.ai_settings (
  organization_id    uuid not null default platform.current_organization(),
  id                 uuid not null default platform.uuid_v7(),
  organization_name  text not null default '',
  -- Language of drafts when the customer's cannot be told.
  locale             text not null default 'en' check (locale in ('en', 'ru')),
  is_auto_draft_on   boolean not null default true,
  tone               text not null default 'neutral' check (tone in ('neutral', 'friendly', 'formal')),
  instructions       text not null default '' check (length(instructions) <= 5000),
  version            integer not null default 1,
  primary key (organization_id)
);
select platform.protect_tenant_table('ai.ai_settings');

-- Drafts asked for in one hour: the hard budget of an organisation (reliability C9).
create table ai.draft_budget (
  organization_id  uuid not null default platform.current_organization(),
  hour             timestamptz not null,
  used             integer not null,
  primary key (organization_id, hour)
);
select platform.protect_tenant_table('ai.draft_budget');
