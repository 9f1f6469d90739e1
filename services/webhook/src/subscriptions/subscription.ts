import type { Webhook } from '@ai-crm/contracts'
import type { Selectable } from 'kysely'
import type { Db } from '../ctx.ts'
import type { Tables } from '../tables.ts'

export type SubscriptionRow = Selectable<Tables['subscription']>

const at = (moment: Date | null): string | null => moment?.toISOString() ?? null

export const toWebhook = (row: SubscriptionRow): Webhook => ({
  id: row.id,
  url: row.url,
  description: row.description,
  eventTypes: row.eventTypes,
  isEnabled: row.isEnabled,
  disabledReason: row.disabledReason,
  disabledAt: at(row.disabledAt),
  failingSince: at(row.failingSince),
  lastDeliveredAt: at(row.lastDeliveredAt),
  previousSecretUntil: row.previousSecretUntil && row.previousSecretUntil > new Date() ? at(row.previousSecretUntil) : null,
  createdAt: row.createdAt.toISOString(),
  version: row.version,
})

/** What is deleted is gone for everybody; its log follows in batches. */
export const subscriptions = (db: Db) => db.selectFrom('subscription').selectAll().where('deletedAt', 'is', null)
