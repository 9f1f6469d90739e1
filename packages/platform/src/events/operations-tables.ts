import type { Generated } from 'kysely'

/** The part of the platform's tables that the operations endpoints read (0002_inbox.sql). */
export interface OperationsTables {
  parkedEvent: {
    organizationId: Generated<string>
    consumer: string
    eventId: string
    aggregateId: string
    aggregateVersion: number
    envelope: unknown
    status: 'waiting' | 'blocked' | 'dead'
    attempts: number
    nextAttemptAt: Date
    reason: string
    firstFailedAt: Date
    lastFailedAt: Date
  }
}
