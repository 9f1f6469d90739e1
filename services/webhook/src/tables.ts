// Generated from services/webhook/migrations by `node tools/generate-tables.ts webhook`: change those.
import type { Defaulted, Instant } from '@ai-crm/platform'

export interface Tables {
  subscription: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    url: string
    description: string
    eventTypes: string[]
    isEnabled: Defaulted<boolean>
    disabledReason: 'person' | 'gone' | 'failing' | null
    disabledAt: Instant | null
    sealedSecret: Buffer
    previousSecret: Buffer | null
    previousSecretUntil: Instant | null
    failingSince: Instant | null
    lastDeliveredAt: Instant | null
    deletedAt: Instant | null
    version: Defaulted<number>
    createdAt: Defaulted<Instant>
  }
  delivery: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    subscriptionId: string
    eventId: string
    eventType: string
    payload: string
    state: Defaulted<'pending' | 'sending' | 'delivered' | 'waiting' | 'failed'>
    dueAt: Defaulted<Instant | null>
    giveUpAt: Defaulted<Instant>
    attempts: Defaulted<number>
    roundAttempts: Defaulted<number>
    fence: Defaulted<number>
    lastStatus: number | null
    failure: 'status' | 'gone' | 'url' | 'address' | 'name' | 'connect' | 'tls' | 'timeout' | 'too-large' | 'redirect' | 'protocol' | 'interrupted' | 'disabled' | null
    deliveredAt: Instant | null
    settledAt: Instant | null
    createdAt: Defaulted<Instant>
  }
  attempt: {
    organizationId: Defaulted<string>
    deliveryId: string
    number: number
    startedAt: Instant
    durationMs: number
    status: number | null
    failure: 'status' | 'gone' | 'url' | 'address' | 'name' | 'connect' | 'tls' | 'timeout' | 'too-large' | 'redirect' | 'protocol' | 'interrupted' | null
    excerpt: string
  }
}
