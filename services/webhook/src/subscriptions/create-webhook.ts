import { webhookCreated, type CreateWebhook, type WebhookSecret } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { v7 as uuidV7 } from 'uuid'
import type { Ctx } from '../ctx.ts'
import { planPurge } from '../deliveries/delivery-jobs.ts'
import { checkEventTypes, checkUrl } from './check-target.ts'
import { tooManyWebhooks, urlTaken } from './errors.ts'
import { makeSecret, sealSecret } from './secret.ts'
import { toWebhook } from './subscription.ts'

/** Every event looks for its webhooks, and each of them is a call: bounded. */
const MAX_WEBHOOKS = 20

export async function createWebhook(ctx: Ctx, input: CreateWebhook): Promise<WebhookSecret> {
  const url = checkUrl(ctx, input.url)
  const eventTypes = checkEventTypes(input.eventTypes)
  const [id, secret] = [uuidV7(), makeSecret()]
  return ctx.write(async ({ db, emit, enqueue }) => {
    // One at a time in an organisation: two that count nineteen would make twenty-one.
    await sql`select pg_advisory_xact_lock(hashtextextended('webhook.subscription:' || ${ctx.organizationId}::text, 0))`.execute(db)
    const live = await db.selectFrom('subscription').select('url').where('deletedAt', 'is', null).execute()
    if (live.some((each) => each.url === url)) throw urlTaken()
    if (live.length >= MAX_WEBHOOKS) throw tooManyWebhooks(MAX_WEBHOOKS)

    const row = await db
      .insertInto('subscription')
      .values({ id, url, description: input.description, eventTypes, sealedSecret: sealSecret(ctx, id, secret) })
      .returningAll()
      .executeTakeFirstOrThrow()
    await emit(webhookCreated({ webhookId: id, url, description: row.description, eventTypes, isEnabled: true }))
    await planPurge({ enqueue })
    return { webhook: toWebhook(row), secret }
  })
}
