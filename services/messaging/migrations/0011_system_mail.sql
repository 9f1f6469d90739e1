-- Mails that the product itself writes: verification, resets, notices. States and their rules: src/system-mails/system-mail.ts.
create table messaging.system_mail (
  organization_id   uuid           not null default platform.current_organization(),
  id                uuid           not null,
  to_address        text           not null,
  template          text           not null check (length(template) <= 60),
  locale            text           not null check (locale in ('en', 'ru')),
  state             text           not null default 'queued' check (state in ('queued', 'sent', 'failed', 'expired')),
  -- AES-256-GCM, bound to organisation and id: links carry secrets. Forgotten as soon as there is nothing to send any more.
  sealed_parameters bytea,
  attempts          integer        not null default 0,
  reason            text,
  response          text,
  expires_at        timestamptz(3) not null,
  created_at        timestamptz(3) not null default now(),
  sent_at           timestamptz(3),
  primary key (organization_id, id),
  check ((state = 'queued') = (sealed_parameters is not null)),
  check ((state = 'sent') = (sent_at is not null))
);
select platform.protect_tenant_table('messaging.system_mail');
create index system_mail_newest on messaging.system_mail (organization_id, created_at desc, id desc);
