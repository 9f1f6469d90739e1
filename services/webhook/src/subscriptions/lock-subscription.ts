import { notFound, versionConflict } from '@ai-crm/platform'
import type { Db } from '../ctx.ts'
import { subscriptions, type SubscriptionRow } from './subscription.ts'

/** The row as the caller knows it, locked. Throws 404, or 409 when it has changed. */
export async function lockSubscription(db: Db, webhookId: string, expectedVersion: number): Promise<SubscriptionRow> {
  const row = await subscriptions(db).where('id', '=', webhookId).forUpdate().executeTakeFirst()
  if (!row) throw notFound('webhook')
  if (row.version !== expectedVersion) throw versionConflict('webhook', row.version)
  return row
}
