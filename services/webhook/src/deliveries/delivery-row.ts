import type { WebhookDelivery } from '@ai-crm/contracts'
import type { Selectable } from 'kysely'
import type { Tables } from '../tables.ts'

export type DeliveryRow = Selectable<Tables['delivery']>

/** The header webhook-id: receivers recognise by it what they have had already. */
export const messageIdOf = (deliveryId: string): string => `msg_${deliveryId}`

export const toDelivery = (row: Omit<DeliveryRow, 'payload'>): WebhookDelivery => ({
  id: row.id,
  messageId: messageIdOf(row.id),
  webhookId: row.subscriptionId,
  eventId: row.eventId,
  eventType: row.eventType,
  state: row.state,
  attempts: row.attempts,
  lastStatus: row.lastStatus,
  failure: row.failure,
  nextAttemptAt: row.state === 'pending' || row.state === 'waiting' ? (row.dueAt?.toISOString() ?? null) : null,
  deliveredAt: row.deliveredAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
})
