-- The permissions that there were when somebody last decided what a role permits: those that came with a later version are shown as new.
-- The default is what there was before this column, for the roles of that time: before notes, tasks, files, fields, tags, views, exports and imports.
alter table auth.role add column weighed text[] not null default array[
  'auth.member.read', 'auth.api-key.manage', 'auth.session.manage', 'auth.security-log.read', 'auth.member.manage', 'auth.member.invite',
  'auth.team.manage', 'auth.role.read', 'auth.role.manage', 'auth.flag.manage', 'auth.organization.update', 'auth.sso.manage',
  'auth.organization.transfer', 'auth.organization.delete', 'auth.organization.export', 'crm.contact.read', 'crm.contact.create',
  'crm.contact.update', 'crm.contact.delete', 'crm.company.read', 'crm.company.create', 'crm.company.update', 'crm.company.delete',
  'crm.deal.read', 'crm.deal.create', 'crm.deal.update', 'crm.deal.delete', 'messaging.conversation.read', 'messaging.conversation.update',
  'messaging.message.send', 'messaging.channel.read', 'messaging.channel.manage', 'ai.draft.read', 'ai.draft.generate', 'ai.draft.decide',
  'ai.note.read', 'ai.note.manage', 'ai.settings.manage', 'webhook.subscription.read', 'webhook.subscription.manage',
  'platform.dead-letter.read', 'platform.dead-letter.redrive'
];
