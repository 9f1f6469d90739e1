import { aiDraftGenerated } from '@ai-crm/contracts'
import { defineFailpoint } from '@ai-crm/platform'
import { readThread } from '../conversations/read-thread.ts'
import { AI } from './ai-actor.ts'
import type { Ctx } from '../ctx.ts'
import { languageOf } from '../local-drafter/language.ts'
import { findPassages } from '../notes/find-passages.ts'
import { readSettings } from '../settings/read-settings.ts'
import { chooseDrafter } from './choose-drafter.ts'
import { type DraftRow, replySubject } from './draft.ts'
import type { Assignment, WrittenDraft } from './drafter.ts'
import { failDraft } from './fail-draft.ts'

const beforeCall = defineFailpoint('ai.draft.before-call', 'The drafter (a model, where one is configured) is about to be asked')
const afterCall = defineFailpoint('ai.draft.after-call', 'The drafter has answered; the draft is not stored')

/**
 * Writes a draft that is generating, outside of any transaction, and stores it if it still answers the newest message.
 * Run again after a crash it starts over; a draft that is finished or was restarted meanwhile is left alone. While drafts are
 * switched off it ends as failed, before the model is asked or after: nobody sees a text that was made against the switch.
 */
export async function writeDraft(ctx: Ctx, draftId: string): Promise<void> {
  const draft = await ctx.db.selectFrom('draft').selectAll().where('id', '=', draftId).executeTakeFirst()
  if (draft?.status !== 'generating') return
  if (!(await ctx.flags.isOn('ai-drafts'))) return failDraft(ctx, draft.id, draft.version, SWITCHED_OFF)

  const assignment = await assign(ctx, draft)
  beforeCall()
  const written = await write(ctx, draft, assignment)
  afterCall()
  if (written && !(await ctx.flags.isStillOn('ai-drafts'))) return failDraft(ctx, draft.id, draft.version, SWITCHED_OFF)
  if (written) await storeDraft(ctx, draft, replySubject(assignment.thread.subject), written)
}

const SWITCHED_OFF = 'AI drafts were switched off. Ask for a new one when they are on again.'

async function assign(ctx: Ctx, draft: DraftRow): Promise<Assignment> {
  const [thread, settings] = await Promise.all([readThread(ctx, draft.conversationId, draft.withheld), readSettings(ctx)])
  if (!thread) throw new Error(`Conversation ${draft.conversationId} of draft ${draft.id} is not known.`)

  return {
    thread,
    language: languageOf(thread, settings.locale),
    tone: draft.tone,
    length: draft.length,
    organizationName: settings.organizationName,
    instructions: settings.instructions,
    findPassages: (query, limit) => findPassages(ctx, query, limit),
  }
}

/** Null when the drafter gave up: the draft has failed then. */
async function write(ctx: Ctx, draft: DraftRow, assignment: Assignment): Promise<WrittenDraft | null> {
  const showProgress = (body: string) => ctx.showProgress({ conversationId: draft.conversationId, draftId: draft.id, body })
  try {
    return await chooseDrafter(ctx.config, ctx.log).write(assignment, { signal: ctx.signal, showProgress })
  } catch (error) {
    // Shutdown or a lost lease: the job runs again elsewhere.
    if (ctx.signal.aborted) throw error
    ctx.log.error({ err: error, draftId: draft.id }, 'the drafter failed')
    await failDraft(ctx, draft.id, draft.version, 'The draft could not be written. Ask for a new one.')
    return null
  }
}

async function storeDraft(ctx: Ctx, draft: DraftRow, subject: string, written: WrittenDraft): Promise<void> {
  const { body, language, provider, model, sources, remark } = written
  await ctx.write(async ({ db, emit }) => {
    const stored = await db
      .updateTable('draft')
      .set((eb) => ({
        status: 'waiting',
        subject,
        body,
        language,
        provider,
        model,
        sources: JSON.stringify(sources),
        reason: remark,
        version: eb('version', '+', 1),
      }))
      .where('id', '=', draft.id)
      .where('status', '=', 'generating')
      .where('version', '=', draft.version)
      .returning('contactId')
      .executeTakeFirst()
    // The customer wrote meanwhile, or somebody answered: whoever changed the row has started what follows.
    if (!stored) return

    await emit(
      aiDraftGenerated({
        draftId: draft.id,
        conversationId: draft.conversationId,
        contactId: stored.contactId,
        basedOnMessageId: draft.basedOnMessageId,
        subject,
        body,
        language,
        provider,
        model,
        sources,
      }),
      AI,
    )
  })
}
