import { exportOf } from '@ai-crm/platform'
import type { Tables } from './tables.ts'

/** What of an organisation's archive is webhook's: never what deliveries are signed with. */
export const exporting = exportOf<Tables>()({
  tables: {
    subscription: {
      columns: [
        ...(['id', 'url', 'description', 'eventTypes', 'isEnabled', 'disabledReason', 'disabledAt', 'failingSince'] as const),
        ...(['lastDeliveredAt', 'deletedAt', 'version', 'createdAt'] as const),
      ],
      leftOut: {
        sealedSecret: 'Signs deliveries.',
        previousSecret: 'Signs deliveries.',
        previousSecretUntil: 'Of the signing secret.',
      },
    },
    delivery: {
      columns: [
        ...(['id', 'subscriptionId', 'eventId', 'eventType', 'payload', 'state', 'attempts', 'lastStatus', 'failure'] as const),
        ...(['dueAt', 'giveUpAt', 'deliveredAt', 'settledAt', 'createdAt'] as const),
      ],
      leftOut: { roundAttempts: 'Counts towards the next pause.', fence: 'Keeps two senders apart.' },
    },
    attempt: { columns: ['deliveryId', 'number', 'startedAt', 'durationMs', 'status', 'failure', 'excerpt'] },
  },
})
