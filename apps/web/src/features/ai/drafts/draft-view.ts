import type { Conversation, Draft } from '@ai-crm/contracts'

/**
 * What the draft panel shows.
 * none: nothing to decide · writing: text arrives · waiting: may be approved · stale: the customer wrote since, approval is off · failed
 */
export type DraftView = { kind: 'none' } | { kind: 'writing' | 'waiting' | 'stale' | 'failed'; draft: Draft; hasNewer: boolean }

type Situation = Pick<Conversation, 'lastInboundMessageId' | 'lastDirection'>

/**
 * `drafts` come newest first. `editedId` pins the draft whose text a person is changing: their words must not
 * vanish when a newer draft arrives. A waiting draft is stale as soon as the conversation shows a newer inbound
 * message, before the AI service has said so itself.
 */
export function draftView(drafts: readonly Draft[], situation: Situation, editedId: string | null): DraftView {
  const [newest] = drafts
  const draft = drafts.find(({ id }) => id === editedId) ?? newest
  if (!draft) return { kind: 'none' }
  const hasNewer = newest !== undefined && newest.id !== draft.id
  const isPinned = draft.id === editedId
  if (draft.status === 'generating') return { kind: 'writing', draft, hasNewer }
  if (draft.status === 'failed') return { kind: 'failed', draft, hasNewer }
  if (draft.status === 'waiting' && draft.basedOnMessageId === situation.lastInboundMessageId) return { kind: 'waiting', draft, hasNewer }
  const wasOvertaken = draft.status === 'waiting' || draft.status === 'outdated'
  return wasOvertaken && (situation.lastDirection === 'inbound' || isPinned) ? { kind: 'stale', draft, hasNewer } : { kind: 'none' }
}
