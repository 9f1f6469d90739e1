import { webhookSecretRotated, type WebhookSecret } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { lockSubscription } from './lock-subscription.ts'
import { makeSecret, sealSecret } from './secret.ts'
import { toWebhook } from './subscription.ts'

/** Time for receivers to take the new secret: until then both sign. */
const OVERLAP_MS = 24 * 3_600_000

export async function rotateSecret(ctx: Ctx, webhookId: string, expectedVersion: number): Promise<WebhookSecret> {
  const secret = makeSecret()
  return ctx.write(async ({ db, emit }) => {
    const row = await lockSubscription(db, webhookId, expectedVersion)
    const previousSecretUntil = new Date(Date.now() + OVERLAP_MS)
    const changed = await db
      .updateTable('subscription')
      .set({ sealedSecret: sealSecret(ctx, webhookId, secret), previousSecret: row.sealedSecret, previousSecretUntil, version: row.version + 1 })
      .where('id', '=', webhookId)
      .returningAll()
      .executeTakeFirstOrThrow()
    await emit(webhookSecretRotated({ webhookId, previousValidUntil: previousSecretUntil.toISOString() }))
    return { webhook: toWebhook(changed), secret }
  })
}
