import { z } from 'zod'
import { defineEndpoints, type ServiceName } from './endpoint.ts'
import { Envelope } from './event.ts'
import { Instant, PageQuery, pageOf } from './page.ts'

/** An event that one consumer gave up on after its attempts; it waits for a redrive. */
export const DeadLetter = z.object({
  consumer: z.string(),
  eventId: z.uuid(),
  attempts: z.number().int(),
  reason: z.string(),
  firstFailedAt: Instant,
  lastFailedAt: Instant,
  envelope: Envelope,
})
export type DeadLetter = z.infer<typeof DeadLetter>

/** The operations endpoints that the platform mounts for every service with consumers. */
export const operationsEndpoints = (service: ServiceName) =>
  defineEndpoints(service, {
    [`${service}ListDeadLetters`]: {
      method: 'GET',
      path: `/operations/${service}/dead-letters`,
      summary: 'List events that a consumer of this service gave up on',
      access: 'platform.dead-letter.read',
      idempotency: 'safe',
      query: PageQuery,
      response: pageOf(DeadLetter),
      status: 200,
    },
    [`${service}RedriveDeadLetter`]: {
      method: 'POST',
      path: `/operations/${service}/dead-letters/:consumer/:eventId/redrive`,
      summary: 'Process a failed event again; its id is kept, so an effect that did commit is not repeated',
      access: 'platform.dead-letter.redrive',
      idempotency: 'natural',
      params: z.object({ consumer: z.string().max(100), eventId: z.uuid() }),
      status: 202,
    },
  })
