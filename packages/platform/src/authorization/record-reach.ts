import { isWithin, scopeOf, type RecordAccess, type RecordScope, type RecordType } from '@ai-crm/contracts'
import { sql, type QueryExecutorProvider, type RawBuilder } from 'kysely'
import type { Origin } from '../context.ts'
import { defineError, notFound } from '../errors.ts'
import type { OwnersInReach } from '../search/search-index.ts'

/** Who asks, as a context knows them. Jobs and consumers have no rights: they act for the organisation and reach everything. */
export type Asker = Pick<Origin, 'rights'>

/** A record that somebody may see and not change. */
export const recordLocked = defineError(
  'platform.record_locked',
  403,
  (thing: string) => `You can see this ${thing}, but your role does not let you change it.`,
)

/** Nobody changes what they cannot see, whatever the role says about changing. */
function reachOf({ rights }: Asker, record: RecordType, access: RecordAccess): RecordScope {
  if (!rights) return 'all'
  const read = scopeOf(rights.scopes, record, 'read')
  const scope = scopeOf(rights.scopes, record, access)
  return isWithin(scope, read) ? scope : read
}

/** Whether the asker may read, or change, every record of this kind. */
export const reachesAll = (asker: Asker, record: RecordType, access: RecordAccess): boolean => reachOf(asker, record, access) === 'all'

/**
 * The condition for records that the asker may read, or change: the one way in which scopes become SQL. `owner` names the
 * column with the person whose the record is, as Kysely does: `contact.ownerId`. For whoever reaches everything it is the
 * constant true, which costs nothing. `team` asks the service's own `team_member` (teamConsumers).
 */
export function inReach(asker: Asker, record: RecordType, access: RecordAccess, owner: string): RawBuilder<boolean> {
  const scope = reachOf(asker, record, access)
  if (!asker.rights || scope === 'all') return sql<boolean>`true`
  const { userId } = asker.rights
  if (scope === 'own') return sql<boolean>`(${sql.ref(owner)} = ${userId}::uuid)`
  return sql<boolean>`(${sql.ref(owner)} is null or ${ofTeamsOf(userId, owner)})`
}

/** Of the person or of anybody in a team of theirs; unlike the scope `team`, without what is nobody's. */
export const ofTeamsOf = (userId: string, owner: string): RawBuilder<boolean> => sql<boolean>`(${sql.ref(owner)} = ${userId}::uuid
  or ${sql.ref(owner)} in (select colleague.user_id from team_member as mine
    join team_member as colleague on colleague.organization_id = mine.organization_id and colleague.team_id = mine.team_id
    where mine.user_id = ${userId}::uuid))`

/** As inReach, for an index that knows owners and no teams: whose records the asker may read. */
export async function ownersInReach({ db, ...asker }: Asker & { readonly db: QueryExecutorProvider }, record: RecordType): Promise<OwnersInReach> {
  const scope = reachOf(asker, record, 'read')
  if (!asker.rights || scope === 'all') return 'all'
  const { userId } = asker.rights
  if (scope === 'own') return { ids: [userId], withNobodys: false }
  const { rows } = await sql<{ id: string }>`select distinct colleague.user_id as id from team_member as mine
    join team_member as colleague on colleague.organization_id = mine.organization_id and colleague.team_id = mine.team_id
    where mine.user_id = ${userId}::uuid`.execute(db)
  return { ids: [userId, ...rows.map(({ id }) => id)], withNobodys: true }
}

/** Where the record is that something hangs on: a message on its conversation. */
export interface RecordPlace {
  readonly table: string
  readonly id: string
  readonly owner: string
}

/** As inReach, for what belongs to a record: `key` names the column with the record's id. Without such a record it is false. */
export function inReachThrough(asker: Asker, record: RecordType, access: RecordAccess, { table, id, owner }: RecordPlace, key: string): RawBuilder<boolean> {
  if (reachesAll(asker, record, access)) return sql<boolean>`true`
  return sql<boolean>`exists (select from ${sql.table(table)} as record
    where ${sql.ref(`record.${id}`)} = ${sql.ref(key)} and ${inReach(asker, record, access, `record.${owner}`)})`
}

/** The row that was read within reach, to be changed. Throws `notFound` (404) without one, `recordLocked` (403) where `mayWrite` is false. */
export function writable<Row extends { readonly mayWrite: boolean }>(row: Row | undefined, thing: string): Row {
  if (!row) throw notFound(thing)
  if (!row.mayWrite) throw recordLocked(thing)
  return row
}
