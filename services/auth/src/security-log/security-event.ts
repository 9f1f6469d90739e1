import type { SecurityEvent } from '@ai-crm/contracts'
import { sql, type Expression } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

/** What a list, an export and a check may be narrowed to. */
export interface SecurityFilters {
  readonly kind?: string | undefined
  readonly thing?: string | undefined
  readonly userId?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

const Details = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))

/** The name of a person of this organisation; entries outlive memberships, so the id stays where there is no name. */
const nameOf = (type: Expression<string | null>, id: Expression<string | null>) =>
  sql<string | null>`(select user_account.name from auth.membership join auth.user_account on user_account.id = membership.user_id
    where membership.organization_id = platform.current_organization() and ${type} = 'user' and membership.user_id::text = ${id})`

/** Entries that pass the filters, with the names of people as they are now. */
export function securityEvents(ctx: Ctx, { kind, thing, userId, from, to }: SecurityFilters) {
  return ctx.db
    .selectFrom('securityEvent')
    .select(['sequence', 'occurredAt', 'kind', 'actorType', 'actorId', 'aboutType', 'aboutId', 'address', 'userAgent', 'requestId', 'details'])
    .select(['prevHash', 'hash'])
    .select(({ ref }) => nameOf(ref('actorType'), ref('actorId')).as('actorName'))
    .select(({ ref }) => nameOf(ref('aboutType'), ref('aboutId')).as('aboutName'))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
    .$if(thing !== undefined, (query) => query.where('kind', 'like', `${thing ?? ''}.%`))
    .$if(userId !== undefined, (query) => query.where((eb) => eb.or([eb('actorId', '=', userId ?? ''), eb('aboutId', '=', userId ?? '')])))
    .$if(from !== undefined, (query) => query.where('occurredAt', '>=', new Date(from ?? 0)))
    .$if(to !== undefined, (query) => query.where('occurredAt', '<', new Date(to ?? 0)))
}

export type SecurityRow = Awaited<ReturnType<ReturnType<typeof securityEvents>['execute']>>[number]

export function toSecurityEvent(row: SecurityRow): SecurityEvent {
  const { sequence, kind, address, userAgent, requestId } = row
  return {
    sequence,
    occurredAt: row.occurredAt.toISOString(),
    kind,
    actor: { type: row.actorType, id: row.actorId, name: row.actorName },
    about: row.aboutType === null || row.aboutId === null ? null : { type: row.aboutType, id: row.aboutId, name: row.aboutName },
    address,
    userAgent,
    requestId,
    details: Details.parse(JSON.parse(row.details)),
    prevHash: row.prevHash.toString('hex'),
    hash: row.hash.toString('hex'),
  }
}
