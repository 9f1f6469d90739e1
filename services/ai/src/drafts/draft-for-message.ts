import { readSettings, type StoredSettings } from '../settings/read-settings.ts'
import type { Scope } from '../ctx.ts'
import { isAutoDraftDue } from './auto-draft-limit.ts'
import { takeFromBudget } from './budget.ts'
import { outdateDraft } from './outdate-draft.ts'
import { planDraft, restartDraft } from './start-draft.ts'

export interface InboundMessage {
  conversationId: string
  contactId: string | null
  messageId: string
  sequence: number
  isAutoReply: boolean
}

/** What decides about a draft for a message that has just come. */
export interface DraftSituation {
  /** The draft in the making. */
  readonly writing: { readonly id: string; readonly conversationId: string } | undefined
  readonly settings: StoredSettings
  readonly isAutoDraftDue: boolean
}

/** One round trip. The caller holds the conversation's lock. */
export async function readDraftSituation(scope: Scope, conversationId: string): Promise<DraftSituation> {
  const findWriting = scope.db
    .selectFrom('draft')
    .select(['id', 'conversationId'])
    .where('conversationId', '=', conversationId)
    .where('status', '=', 'generating')
    .forUpdate()
    .executeTakeFirst()
  const [writing, settings, isDue] = await Promise.all([findWriting, readSettings(scope), isAutoDraftDue(scope, conversationId)])
  return { writing, settings, isAutoDraftDue: isDue }
}

/**
 * The customer wrote. A waiting draft is outdated; a draft in the making answers the newer message instead; and
 * without either a draft begins, unless a machine wrote (C11), the organisation does not want it, or it is switched off.
 * The caller holds the conversation's lock.
 */
export async function draftForMessage(scope: Scope, message: InboundMessage, situation: DraftSituation): Promise<void> {
  const { conversationId } = message
  const { writing, settings } = situation
  if (writing) {
    await restartDraft(scope, writing, { basedOnMessageId: message.messageId, basedOnSequence: message.sequence })
    return
  }
  const outdating = outdateDraft(scope, { conversationId, byMessageId: message.messageId, bySequence: message.sequence })
  const [isWanted] = await Promise.all([takeAutoDraft(scope, message, situation), outdating])
  if (!isWanted) return
  await planDraft(scope, {
    conversationId,
    contactId: message.contactId,
    basedOnMessageId: message.messageId,
    basedOnSequence: message.sequence,
    tone: settings.tone,
    length: 'normal',
    requestedBy: null,
    withheld: [],
  })
}

/** Whether the message is to be answered by itself; then it is taken out of the budget. */
async function takeAutoDraft(scope: Scope, { conversationId, isAutoReply }: InboundMessage, situation: DraftSituation): Promise<boolean> {
  if (isAutoReply || scope.config.AI_AUTO_DRAFTS === 'off' || !situation.settings.isAutoDraftOn) return false
  if (!(await scope.flags.isOn('ai-drafts'))) return false
  if (!situation.isAutoDraftDue) {
    scope.log.warn({ conversationId }, 'no automatic draft: this conversation had enough of them this hour')
    return false
  }
  const isTaken = await takeFromBudget(scope, scope.config.AI_DRAFTS_PER_HOUR)
  if (!isTaken) scope.log.warn({ conversationId }, 'no automatic draft: the budget of this hour is used up')
  return isTaken
}
