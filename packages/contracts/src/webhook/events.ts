import { z } from 'zod'
import { defineEvent } from '../core/event.ts'
import { definePersonDelayed, definePersonErased, definePersonExported } from '../core/person-data.ts'
import { defineSagaAnswer } from '../core/saga.ts'

const webhook = { type: 'webhook', id: 'webhookId' } as const

/** The part of webhooks in sagas of other services. */
export const webhookSagaAnswered = defineSagaAnswer('webhook-saga.answered')

/** The whole subscription as it began, but its secret. */
export const webhookCreated = defineEvent(
  'webhook.created',
  1,
  webhook,
  z.object({ webhookId: z.uuid(), url: z.string(), description: z.string(), eventTypes: z.array(z.string()), isEnabled: z.boolean() }),
)

/** Only what changed; switching it off by hand, or on again, is a change of `isEnabled`. */
export const webhookUpdated = defineEvent(
  'webhook.updated',
  1,
  webhook,
  z.object({
    webhookId: z.uuid(),
    changes: z.object({
      url: z.object({ from: z.string(), to: z.string() }).optional(),
      description: z.object({ from: z.string(), to: z.string() }).optional(),
      eventTypes: z.object({ from: z.array(z.string()), to: z.array(z.string()) }).optional(),
      isEnabled: z.object({ from: z.boolean(), to: z.boolean() }).optional(),
    }),
  }),
)

/** A new secret signs; the old one signs as well until `previousValidUntil`. */
export const webhookSecretRotated = defineEvent('webhook.secret.rotated', 1, webhook, z.object({ webhookId: z.uuid(), previousValidUntil: z.iso.datetime() }))

/** Switched off by itself: the receiver said that it is gone (410), or failed for three days. */
export const webhookDisabled = defineEvent(
  'webhook.disabled',
  1,
  webhook,
  z.object({ webhookId: z.uuid(), url: z.string(), reason: z.enum(['gone', 'failing']), failingSince: z.iso.datetime().nullable() }),
)

export const webhookDeleted = defineEvent('webhook.deleted', 1, webhook, z.object({ webhookId: z.uuid() }))

export const webhookPersonErased = definePersonErased('webhook-person.erased')
export const webhookPersonDelayed = definePersonDelayed('webhook-person.delayed')
export const webhookPersonExported = definePersonExported('webhook-person.exported')
