import type { LiveUpdate } from '@ai-crm/contracts'

export type KeyPrefix = readonly string[]

const conversationKeys = (id: string | undefined): KeyPrefix[] =>
  id
    ? [
        ['messaging', 'conversation', id],
        ['messaging', 'messages', id],
      ]
    : [
        ['messaging', 'conversation'],
        ['messaging', 'messages'],
      ]

/** CRM's timelines show events of every service, so whatever names a contact may be in its own and in that of its company. */
const timelineKeys = ({ refs }: LiveUpdate): KeyPrefix[] => [
  refs.contactId ? ['crm', 'timeline', refs.contactId] : ['crm', 'timeline'],
  ['crm', 'company-timeline'],
]

const FORMULA_RECORDS: readonly KeyPrefix[] = ['contacts', 'contact', 'companies', 'company', 'deals', 'deal'].map((of) => ['crm', of])

const dealOf = ({ dealId }: LiveUpdate['refs']): readonly string[] => (dealId ? [dealId] : [])

/** Of contacts, companies, deals and tasks; null for an update about anything else. */
function recordKeys(update: LiveUpdate): readonly KeyPrefix[] | null {
  const { type, refs } = update
  const trash: KeyPrefix[] = /\.(?:deleted|restored)$/.test(type) ? [['crm', 'trash']] : []
  if (type.startsWith('contact.'))
    return [['crm', 'contacts'], ...trash, ['crm', 'contact', ...(refs.contactId ? [refs.contactId] : [])], ...timelineKeys(update)]
  if (type.startsWith('company.'))
    return [
      ['crm', 'companies'],
      ...trash,
      ['crm', 'company', ...(refs.companyId ? [refs.companyId] : [])],
      ['crm', 'company-timeline', ...(refs.companyId ? [refs.companyId] : [])],
    ]
  if (type.startsWith('deal.'))
    return [
      ['crm', 'deals'],
      ...trash,
      ...['deal', 'deal-timeline'].map((of) => ['crm', of, ...dealOf(refs)]),
      ...['stays', 'hand-over'].map((of) => ['pipeline', of, ...dealOf(refs)]),
    ]
  // A formula that was computed anew is told by its field alone.
  if (type === 'field.updated') return [...FORMULA_RECORDS, ['crm', 'fields']]
  if (type.startsWith('field.')) return [['crm', 'fields']]
  if (type.startsWith('tag.')) return [['crm', 'tags']]
  if (type.startsWith('view.')) return [['crm', 'views']]
  if (type.startsWith('operation.')) return [['crm', 'operations', update.aggregate.id]]
  if (type.startsWith('note.')) return [['crm', 'notes'], ['crm', 'mentions'], ...timelineKeys(update), ['crm', 'deal-timeline']]
  if (type.startsWith('file.')) return [['crm', 'files'], ...timelineKeys(update), ['crm', 'deal-timeline']]
  if (type.startsWith('task.'))
    return [
      ['crm', 'tasks'],
      ['crm', 'task', ...(refs.taskId ? [refs.taskId] : [])],
      ...(type === 'task.reminded' ? [['crm', 'reminders']] : [...timelineKeys(update), ['crm', 'deal-timeline']]),
    ]
  return null
}

/** Which queries an update makes stale: prefixes of query keys, which begin with service and thing. */
export function staleKeys(update: LiveUpdate): readonly KeyPrefix[] {
  const { type, refs } = update
  const ofRecords = recordKeys(update)
  if (ofRecords) return ofRecords
  if (type.startsWith('conversation.') || type.startsWith('message.')) {
    const sent: KeyPrefix[] = type === 'message.sent' ? [['messaging', 'local-mailbox']] : []
    const channel: KeyPrefix[] = type.startsWith('message.') ? [['messaging', 'channels']] : []
    const contact: KeyPrefix[] = type === 'message.received' ? [['crm', 'contacts']] : []
    return [
      ['messaging', 'conversations'],
      ['messaging', 'counts'],
      ...conversationKeys(refs.conversationId),
      ...sent,
      ...channel,
      ...contact,
      ...timelineKeys(update),
    ]
  }
  if (type.startsWith('ai.draft.')) return [['ai', 'drafts'], ...timelineKeys(update)]
  if (type.startsWith('ai.note.')) return [['ai', 'notes']]
  if (type.startsWith('ai.settings.')) return [['ai', 'settings']]
  if (type.startsWith('channel.')) return [['messaging', 'channels']]
  if (type.startsWith('user.') || type.startsWith('member.'))
    return [
      ['auth', 'members'],
      ['auth', 'roles'],
    ]
  // Of somebody who was erased nothing is left anywhere.
  if (type === 'person.erased') return [['crm'], ['messaging'], ['ai'], ['pipeline']]
  if (type.startsWith('pipeline.') || type.startsWith('currency-rates.')) return [['pipeline']]
  if (type.startsWith('flag.')) return [['auth', 'flags']]
  // Who is in which team decides which records there are for a person.
  if (type.startsWith('team.')) return [['auth', 'teams'], ['crm'], ['messaging'], ['ai']]
  if (type.startsWith('role.')) return [['auth', 'roles']]
  if (type.startsWith('webhook.'))
    return [
      ['webhook', 'webhooks'],
      ['webhook', 'deliveries'],
    ]
  if (type.startsWith('invitation.')) return [['auth', 'invitations']]
  if (type.startsWith('organization.export_')) return [['auth', 'exports']]
  if (type.startsWith('organization.'))
    return [
      ['auth', 'organization'],
      ['auth', 'organizations'],
    ]
  return []
}

/** Projections of other services may be a moment behind the event that was pushed: those are asked once more. */
export const isProjected = (key: KeyPrefix): boolean => key.length === 1 || key[0] === 'crm' || key[0] === 'pipeline' || key[1] === 'conversation'
