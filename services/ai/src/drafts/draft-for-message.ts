import { readSettings } from '../settings/read-settings.ts'
import type { Scope } from '../ctx.ts'
import { isAutoDraftDue } from './auto-draft-limit.ts'
import { takeFromBudget } from './budget.ts'
import { outdateDraft } from './outdate-draft.ts'
import { restartDraft, startDraft } from './start-draft.ts'

export interface InboundMessage {
  conversationId: string
  contactId: string | null
  messageId: string
  sequence: number
  isAutoReply: boolean
}

/**
 * The customer wrote. A waiting draft is outdated; a draft in the making answers the newer message instead; and
 * without either a draft begins, unless a machine wrote (C11), the organisation does not want it, or it is switched off.
 * The caller holds the conversation's lock.
 */
export async function draftForMessage(scope: Scope, message: InboundMessage): Promise<void> {
  const findWriting = scope.db
    .selectFrom('draft')
    .select(['id', 'conversationId'])
    .where('conversationId', '=', message.conversationId)
    .where('status', '=', 'generating')
    .forUpdate()
    .executeTakeFirst()
  const [writing, settings] = await Promise.all([findWriting, readSettings(scope)])
  if (writing) {
    await restartDraft(scope, writing, { basedOnMessageId: message.messageId, basedOnSequence: message.sequence })
    return
  }

  await outdateDraft(scope, { conversationId: message.conversationId, byMessageId: message.messageId, bySequence: message.sequence })
  if (message.isAutoReply || scope.config.AI_AUTO_DRAFTS === 'off' || !(await scope.flags.isOn('ai-drafts'))) return

  if (!settings.isAutoDraftOn) return
  if (!(await isAutoDraftDue(scope, message.conversationId))) {
    scope.log.warn({ conversationId: message.conversationId }, 'no automatic draft: this conversation had enough of them this hour')
    return
  }
  if (!(await takeFromBudget(scope, scope.config.AI_DRAFTS_PER_HOUR))) {
    scope.log.warn({ conversationId: message.conversationId }, 'no automatic draft: the budget of this hour is used up')
    return
  }
  await startDraft(scope, {
    conversationId: message.conversationId,
    contactId: message.contactId,
    basedOnMessageId: message.messageId,
    basedOnSequence: message.sequence,
    tone: settings.tone,
    length: 'normal',
    requestedBy: null,
    withheld: [],
  })
}
