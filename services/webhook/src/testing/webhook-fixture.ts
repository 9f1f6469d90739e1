import { contactDeleted, type EventDefinition, type Envelope, type PendingEvent } from '@ai-crm/contracts'
import { startService, type Agent, type TestService, type TestServiceOptions } from '@ai-crm/testing'
import { v7 as uuidV7 } from 'uuid'
import type { Ctx } from '../ctx.ts'
import service from '../service.ts'

export interface Subscribed {
  readonly agent: Agent
  readonly webhookId: string
  readonly secret: string
  readonly version: number
  /** Something happens in the organisation; resolves when it is planned, and with `settle` sent. */
  happen(event?: PendingEvent, id?: string): Promise<Envelope>
  /** Newest first. */
  // oxlint-disable-next-line no-explicit-any
  deliveries(query?: string): Promise<any[]>
  /** The clock jumps: what waits is due, and has its turn. */
  makeDue(): Promise<void>
}

export interface WebhookFixture {
  readonly webhook: TestService
  ctx(organizationId: string): Ctx
  subscribe(url: string, eventTypes?: readonly string[], agent?: Agent): Promise<Subscribed>
}

const NOTHING_ELSE: readonly EventDefinition[] = [contactDeleted]

/** The service as in production, allowed to call receivers of this machine. */
export async function startWebhookFixture(options: TestServiceOptions = {}): Promise<WebhookFixture> {
  const webhook = await startService(service, { ...options, environment: { EGRESS_ALLOWED_HOSTS: '127.0.0.1' } })
  return {
    webhook,
    // startService serves any service: its tables and configuration are erased there and known here.
    ctx: (organizationId) => webhook.ctx(organizationId) as unknown as Ctx,
    async subscribe(url, eventTypes = NOTHING_ELSE.map(({ type }) => type), agent) {
      const who = agent ?? (await webhook.signIn())
      const { organizationId } = who
      const { body, status } = await who.post('/webhooks', { url, eventTypes })
      if (status !== 201) throw new Error(JSON.stringify(body))
      const webhookId = body.webhook.id
      return {
        agent: who,
        webhookId,
        secret: body.secret,
        version: body.webhook.version,
        happen: (event = contactDeleted({ contactId: uuidV7() }), id = uuidV7()) => webhook.deliver(event, { organizationId, id }),
        deliveries: async (query = '') => (await who.get(`/webhooks/${webhookId}/deliveries${query}`)).body.items,
        async makeDue() {
          await webhook.database.asAdmin(`update webhook.delivery set due_at = now() where due_at is not null and subscription_id = '${webhookId}'`)
          await webhook.database.asAdmin(`update webhook.job set run_at = now() where status = 'waiting' and key = '${webhookId}'`)
          await webhook.settle()
        },
      }
    },
  }
}
