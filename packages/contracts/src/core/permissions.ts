/** Everything that can be permitted, `service.thing.action`, with the sentence an administrator reads. */
export const PERMISSIONS = {
  'auth.member.read': 'See who belongs to the organisation',
  'auth.api-key.manage': 'Make and revoke API keys',
  'auth.session.manage': 'See where members are signed in, and sign them out',
  'auth.security-log.read': 'Read, check and export the security log',
  'auth.member.manage': 'Change roles of members, disable and remove them',
  'auth.member.invite': 'Invite people and take invitations back',
  'auth.team.manage': 'Make teams and say who is in them',
  'auth.role.read': 'See roles and what they permit',
  'auth.role.manage': 'Make and change roles',
  'auth.flag.manage': 'Switch things off and on again for the organisation',
  'auth.organization.update': 'Change the name and settings of the organisation',
  'auth.sso.manage': 'Set up single sign-on, and say how everybody has to sign in',
  'auth.organization.transfer': 'Hand the ownership of the organisation to somebody else',
  'auth.organization.delete': 'Delete the organisation with everything in it, and take that back',
  'auth.organization.export': 'Export everything that the organisation has, and download it',
  'crm.contact.read': 'See contacts and their timeline',
  'crm.contact.create': 'Create contacts',
  'crm.contact.update': 'Change contacts',
  'crm.contact.delete': 'Delete contacts',
  'crm.contact.export': 'Export lists of contacts to a file',
  'crm.contact.import': 'Import contacts, companies and deals from files',
  'crm.person.export': 'Export everything about one person, from all parts of the product',
  'crm.person.erase': 'Erase everything about one person, for good',
  'crm.company.read': 'See companies and their timeline',
  'crm.company.create': 'Create companies',
  'crm.company.update': 'Change companies',
  'crm.company.delete': 'Delete companies',
  'crm.company.export': 'Export lists of companies to a file',
  'crm.deal.read': 'See deals and their timeline',
  'crm.deal.create': 'Create deals',
  'crm.deal.update': 'Change deals and move them through the stages',
  'crm.deal.delete': 'Delete deals',
  'crm.deal.export': 'Export lists of deals to a file',
  'crm.note.read': 'Read notes about records that they may see',
  'crm.note.create': 'Write notes, and change or delete their own',
  'crm.note.delete': 'Delete notes of others',
  'crm.file.read': 'See and download files about records that they may see',
  'crm.file.create': 'Add files to records, and delete their own',
  'crm.file.delete': 'Delete files of others',
  'crm.task.read': 'See tasks: their own, and those about records that they may see',
  'crm.task.create': 'Create tasks, and give them to colleagues',
  'crm.task.update': 'Change and complete tasks',
  'crm.task.delete': 'Delete tasks',
  'crm.field.manage': 'Add custom fields to records, and change them',
  'crm.tag.manage': 'Create, rename, merge and delete tags',
  'crm.view.share': 'Share saved views with everybody, and change shared ones',
  'messaging.conversation.read': 'Read conversations and messages',
  'messaging.conversation.update': 'Assign, snooze, close and reopen conversations',
  'messaging.message.send': 'Send replies',
  'messaging.channel.read': 'See mail channels and their health',
  'messaging.channel.manage': 'Change mail channels',
  'ai.draft.read': 'See drafts of the AI',
  'ai.draft.generate': 'Ask the AI for a draft',
  'ai.draft.decide': 'Approve or reject drafts of the AI',
  'ai.note.read': 'Read the notes that the AI draws on',
  'ai.note.manage': 'Write the notes that the AI draws on',
  'ai.settings.manage': 'Change how the AI works',
  'webhook.subscription.read': 'See webhooks and what was delivered to them',
  'webhook.subscription.manage': 'Create and change webhooks, and send again',
  'pipeline.pipeline.read': 'See pipelines, their stages and rules',
  'pipeline.pipeline.manage': 'Make and change pipelines, stages and rules',
  'platform.dead-letter.read': 'See events that could not be processed',
  'platform.dead-letter.redrive': 'Process failed events again',
} as const

export type Permission = keyof typeof PERMISSIONS

/** Built-in roles, the most powerful first. */
export const ROLES = ['owner', 'admin', 'manager', 'member', 'viewer'] as const
export type Role = (typeof ROLES)[number]

const everything = Object.keys(PERMISSIONS) as Permission[]
/** Reading that only administrators need. */
const CONFIDENTIAL: readonly string[] = ['auth.security-log.read', 'webhook.subscription.read', 'platform.dead-letter.read']
const reading = everything.filter((permission) => permission.endsWith('.read') && !CONFIDENTIAL.includes(permission))

/** What only owners decide. */
const ownersOnly: ReadonlySet<Permission> = new Set<Permission>(['auth.organization.transfer', 'auth.organization.delete', 'auth.organization.export'])

const working: readonly Permission[] = [
  ...reading,
  'crm.contact.create',
  'crm.contact.update',
  'crm.company.create',
  'crm.company.update',
  'crm.deal.create',
  'crm.deal.update',
  'crm.note.create',
  'crm.file.create',
  'crm.tag.manage',
  'crm.task.create',
  'crm.task.update',
  'crm.task.delete',
  'messaging.conversation.update',
  'messaging.message.send',
  'ai.draft.generate',
  'ai.draft.decide',
  'ai.note.manage',
]

/** What each built-in role may do. Deny by default: a permission that is not listed here is refused. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  owner: new Set(everything),
  admin: new Set(everything.filter((permission) => !ownersOnly.has(permission))),
  manager: new Set<Permission>([
    ...working,
    'auth.member.invite',
    'crm.view.share',
    'crm.contact.delete',
    'crm.company.delete',
    'crm.deal.delete',
    'crm.note.delete',
    'crm.file.delete',
    'crm.field.manage',
    'pipeline.pipeline.manage',
    'crm.contact.export',
    'crm.contact.import',
    'crm.company.export',
    'crm.deal.export',
  ]),
  member: new Set(working),
  viewer: new Set(reading),
}

/** Decides who is in touch with whom, or lets in whoever stands no higher: not who administers. */
const HARMLESS: readonly string[] = ['auth.member.invite', 'auth.team.manage']

/** Whether whoever has it decides who belongs to the organisation, what they may do or how they come in: giving it to somebody needs a fresh proof. */
export const isAdministering = (name: string): boolean => name.startsWith('auth.') && !name.endsWith('.read') && !HARMLESS.includes(name)

/** Whether a name is a permission that this release knows. */
export const isPermission = (name: string): name is Permission => Object.hasOwn(PERMISSIONS, name)
