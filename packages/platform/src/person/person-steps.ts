import type { Kysely } from 'kysely'
import { toSnakeCase } from '../db/names.ts'
import { listTenantTables } from '../erasure/erase-rows.ts'
import { actOn, type Act } from './act-on-rows.ts'
import { emptyEvents } from './erase-platform-rows.ts'
import { PERSON, personTables, type PersonData } from './person-data.ts'
import type { Step } from './stride.ts'

const onTable =
  (table: string, where: (erasureId: string) => string, act: (erasureId: string) => Act): Step['stride'] =>
  (db, erasureId, start) =>
    actOn(db, toSnakeCase(table), where(erasureId), act(erasureId), start)

/** Everything that is to be done in the service, in order: marks first, so that nothing grows back; children before what they refer to. */
export async function personSteps(db: Kysely<unknown>, data: PersonData): Promise<readonly Step[]> {
  const order = (await listTenantTables(db)).map(({ name }) => name)
  const tables = personTables(data).toSorted(([a], [b]) => order.indexOf(toSnakeCase(a)) - order.indexOf(toSnakeCase(b)))
  const aggregates = new Set(data.aggregates)
  return [
    ...tables
      .filter(([table]) => aggregates.has(table))
      .map(([table, { where }]): Step => ({
        name: `mark:${table}`,
        kind: 'mark',
        stride: onTable(table, unmarked(where), (id) => ({ do: 'mark', erasureId: id })),
      })),
    ...tables.map(([table, { where, set }]): Step => {
      const act = (id: string): Act =>
        set !== undefined ? { do: 'set', set } : aggregates.has(table) ? { do: 'delete-marked', erasureId: id } : { do: 'delete' }
      return { name: table, kind: 'found', stride: onTable(table, () => where, act) }
    }),
    {
      name: 'parkedEvent',
      kind: 'found',
      stride: onTable(
        'parkedEvent',
        (id) => `t.aggregate_id in (${marksOf(id)})`,
        () => ({ do: 'delete' }),
      ),
    },
    // A request that is repeated still does nothing twice; it is answered that what it did is no more.
    {
      name: 'idempotencyKey',
      kind: 'found',
      stride: onTable(
        'idempotencyKey',
        () => `lower(t.body) like ${PERSON.patterns}`,
        () => ANSWERED,
      ),
    },
    // Last: what was erased above is marked by now.
    { name: 'event', kind: 'event', stride: (connection, id, start) => emptyEvents(connection, id, data.aggregates, start?.after ?? null) },
    ...keptRows(data),
  ]
}

const ANSWERED: Act = { do: 'set', set: `body = '{"erased":true}'` }
/** An id is a UUID: the database has made it. */
const marksOf = (erasureId: string): string => `select mark.id from erased_aggregate mark where mark.erasure_id = '${erasureId}'::uuid`
const unmarked = (where: string) => (): string => `(${where}) and not exists (select from erased_aggregate mark where mark.id = t.id)`

function keptRows({ kept = {} }: PersonData): Step[] {
  const ofOthers = (id: string): string => `lower(t.envelope::text) like ${PERSON.patterns} and t.aggregate_id not in (${marksOf(id)})`
  const count = (): Act => ({ do: 'count' })
  return [
    ...Object.entries(kept).map(([name, { table, where }]): Step => ({ name, kind: 'kept', stride: onTable(table, () => where, count) })),
    { name: 'parkedEventsOfOthers', kind: 'kept', stride: onTable('parkedEvent', ofOthers, count) },
  ]
}
