import type { Ctx } from '../ctx.ts'
import type { SendOutcome } from '../smtp-sending/send-outcome.ts'
import { deliverSystemMail } from './delivery-job.ts'
import { MAX_ATTEMPTS, waitMs } from './system-mail.ts'

/** Commits what an attempt came to. What is not `queued` any more has been settled before. */
export async function settleSystemMail(ctx: Ctx, mailId: string, outcome: SendOutcome | { kind: 'expired' }): Promise<void> {
  await ctx.write(async ({ db, enqueue }) => {
    const row = await db.selectFrom('systemMail').select('attempts').where('id', '=', mailId).where('state', '=', 'queued').forUpdate().executeTakeFirst()
    if (!row) return
    const settle = (changes: { state: 'sent' | 'failed' | 'expired'; attempts?: number; reason: string | null; response?: string; sentAt?: Date }) =>
      db
        .updateTable('systemMail')
        .set({ ...changes, sealedParameters: null })
        .where('id', '=', mailId)
        .execute()
    if (outcome.kind === 'expired') return void (await settle({ state: 'expired', reason: 'It could not be sent in time.' }))
    // Our own restart is nobody's failure.
    const attempts = outcome.kind === 'interrupted' ? row.attempts : row.attempts + 1
    if (outcome.kind === 'sent') return void (await settle({ state: 'sent', attempts, reason: null, response: outcome.response, sentAt: new Date() }))
    if (outcome.kind === 'refused' || attempts >= MAX_ATTEMPTS) return void (await settle({ state: 'failed', attempts, reason: outcome.reason }))
    await db.updateTable('systemMail').set({ attempts, reason: outcome.reason }).where('id', '=', mailId).execute()
    await enqueue(deliverSystemMail, { mailId }, { key: mailId, runAt: new Date(Date.now() + waitMs(Math.max(1, attempts))) })
  })
}
