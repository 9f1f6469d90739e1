import type { Webhook } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { subscriptions, toWebhook } from './subscription.ts'

export async function getWebhook({ db }: Ctx, webhookId: string): Promise<Webhook> {
  const row = await subscriptions(db).where('id', '=', webhookId).executeTakeFirst()
  if (!row) throw notFound('webhook')
  return toWebhook(row)
}
