import type { DraftLength, Tone } from '@ai-crm/contracts'
import { v7 as uuidV7 } from 'uuid'
import type { Write } from '../ctx.ts'
import type { DraftRow } from './draft.ts'
import { expireDraft, generateDraft } from './jobs.ts'

/** A draft that nobody finished writing by then has failed, visibly: the durable timer of `generating`. */
const EXPIRES_AFTER_MS = 10 * 60_000

export interface DraftStart {
  conversationId: string
  contactId: string | null
  basedOnMessageId: string
  basedOnSequence: number
  tone: Tone
  length: DraftLength
  /** Null: drafted by itself. */
  requestedBy: string | null
  /** What the drafter is not told (conversation-reach.ts); nothing is kept from a draft that begins by itself. */
  withheld: string[]
}

/** Begins a draft. The caller holds the conversation's lock and has ended the draft before. */
export async function startDraft(scope: Write, start: DraftStart): Promise<DraftRow> {
  const draft = await scope.db.insertInto('draft').values(start).returningAll().executeTakeFirstOrThrow()
  await planWriting(scope, draft)
  return draft
}

/** `startDraft` for those who need not see it. */
export async function planDraft(scope: Write, start: DraftStart): Promise<void> {
  const draft = { ...start, id: uuidV7() }
  scope.run(scope.db.insertInto('draft').values(draft))
  await planWriting(scope, draft)
}

async function planWriting({ enqueue }: Write, { id, conversationId }: { id: string; conversationId: string }): Promise<void> {
  await enqueue(generateDraft, { draftId: id }, { key: conversationId })
  await enqueue(expireDraft, { draftId: id }, { key: id, runAt: new Date(Date.now() + EXPIRES_AFTER_MS) })
}

/** The draft in the making shall be another one: whoever writes it now notices by the version, and a job starts anew. */
export async function restartDraft(
  { db, enqueue }: Write,
  draft: { id: string; conversationId: string },
  change: Partial<Pick<DraftStart, 'basedOnMessageId' | 'basedOnSequence' | 'contactId' | 'tone' | 'length' | 'requestedBy' | 'withheld'>>,
): Promise<DraftRow> {
  const restarted = await db
    .updateTable('draft')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('id', '=', draft.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await enqueue(generateDraft, { draftId: draft.id }, { key: draft.conversationId })
  return restarted
}
