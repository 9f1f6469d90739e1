import type { Actor, SecurityDetail, SecurityEventKind } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

export interface SecurityEntry {
  readonly kind: SecurityEventKind
  /** Whom or what it was done to, where that is not the actor. */
  readonly about?: { readonly type: string; readonly id: string }
  /** Flat facts such as `from`, `to`, `reason`. Never a secret, never more than an administrator may read. */
  readonly details?: Readonly<Partial<Record<SecurityDetail, string | number | boolean | null>>>
  /** Where somebody else than the actor of the context did it. */
  readonly by?: Actor
}

/**
 * Appends an entry to the organisation's security log, in the caller's transaction: the change and its entry commit
 * together or not at all. Actor, address, agent and request come from the context. The statement travels with COMMIT,
 * after everything else, so that the organisation's chain is locked for that moment only.
 */
export function recordSecurityEvent({ db, origin, atCommit }: Pick<WriteScope<Tables>, 'db' | 'origin' | 'atCommit'>, entry: SecurityEntry): void {
  const actor = entry.by ?? origin.actor
  const { about, details = {} } = entry
  const { client } = origin
  const append = sql`auth.append_security_event(${entry.kind}, ${actor.type}, ${actor.id}, ${about?.type ?? null}, ${about?.id ?? null},
    ${client?.address ?? null}, ${client?.userAgent ?? null}, ${client?.requestId ?? null}, ${JSON.stringify(details)})`
  atCommit(db.selectNoFrom(append.as('appended')))
}
