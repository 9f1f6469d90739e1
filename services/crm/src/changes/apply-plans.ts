import type { ListRecord } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx, Db, Scope } from '../ctx.ts'
import { changed } from '../fields/change-custom.ts'
import { storedCustom } from '../fields/custom-column.ts'
import type { Moved } from '../deals/moved-event.ts'
import { toInstant } from '../instant.ts'
import { readStages, type Stages } from '../stages/stage.ts'
import { followUp } from './follow-up.ts'
import { eventCountOf, eventsOf, type Plan, type Planned } from './plan.ts'

/** Versions of the first and the last event that came of it. */
export type Versions = readonly [first: number, last: number]

type Write = Pick<Scope, 'db' | 'emitAll' | 'enqueue'>

/** Half of what one parameter may hold. */
const MAX_PATCH_BYTES = 400_000

/** Writes what is planned, one statement for all of it, each record with its events; what follows from it is planned as jobs. */
export async function applyPlans(ctx: Ctx, scope: Write, record: ListRecord, planned: readonly Planned[]): Promise<Map<string, Versions>> {
  const returning = planned.flatMap(({ id, plan }) => (plan.life === 'restored' ? [id] : []))
  const stored = await storedCustom(scope.db, record, returning)
  const patches = planned.map(({ id, plan }) => patchOf(id, plan, eventCountOf(plan)))
  const stands = new Map<string, Moved>()
  for (const portion of inPortions(patches)) for (const one of await writePatches(scope.db, record, portion)) stands.set(one.id, one)
  const isMoving = planned.some(({ plan }) => plan.changes['stage'] !== undefined)
  const stages: Stages = isMoving ? await readStages(scope.db) : new Map()
  const told = planned.map(({ id, version, state, plan }) => {
    const custom = stored.get(id)
    return { id, version, events: eventsOf(record, id, plan, custom ? { ...state, custom } : state, stands.get(id), stages) }
  })
  await scope.emitAll(told.flatMap(({ events }) => events))
  await followUp(ctx, scope, record, planned, stages)
  return new Map(told.map(({ id, version, events }): [string, Versions] => [id, [version + 1, version + events.length]]))
}

interface Patch {
  readonly id: string
  readonly events: number
  readonly life: Plan['life']
  readonly fields: Readonly<Record<string, unknown>>
  readonly custom: Readonly<Record<string, unknown>>
  readonly emptied: readonly string[]
}

const patchOf = (id: string, { changes, custom, life }: Plan, events: number): Patch => ({
  id,
  events,
  life,
  fields: Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [toColumn(field), to])),
  custom: changed({}, custom),
  emptied: Object.entries(custom ?? {}).flatMap(([id, { to }]) => (to === null ? [id] : [])),
})

const toColumn = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

function inPortions(patches: readonly Patch[]): Patch[][] {
  const portions: Patch[][] = []
  let room = 0
  for (const patch of patches) {
    const bytes = Buffer.byteLength(JSON.stringify(patch))
    if (bytes > room) {
      portions.push([])
      room = MAX_PATCH_BYTES
    }
    portions.at(-1)?.push(patch)
    room -= bytes
  }
  return portions
}

const STANDS = sql`record.id, record.stage, record.stage_kind, record.pipeline_id, cast(record.stage_entered_at as text) as stage_entered_at, record.rank::text as rank`

/** Only the columns that any of them changes are named: triggers run for these alone. Of deals it says where they stand now. */
async function writePatches(db: Db, record: ListRecord, patches: readonly Patch[]): Promise<readonly Moved[]> {
  const columns = [...new Set(patches.flatMap(({ fields }) => Object.keys(fields)))]
  const sets = columns.map((column) => sql`${sql.ref(column)} = (jsonb_populate_record(record, given.fields)).${sql.ref(column)}`)
  const custom = patches.some(({ custom: values, emptied }) => emptied.length > 0 || Object.keys(values).length > 0)
  if (custom) sets.push(sql`custom = (record.custom || given.custom) - array(select jsonb_array_elements_text(given.emptied))`)
  if (patches.some(({ life }) => life !== null))
    sets.push(sql`deleted_at = case given.life when 'deleted' then now() when 'restored' then null else record.deleted_at end`)
  const { rows } = await sql<Moved>`update ${sql.table(record)} as record
      set ${sql.join([...sets, sql`version = record.version + given.events`, sql`updated_at = date_trunc('milliseconds', now())`])}
     from jsonb_to_recordset(${JSON.stringify(patches)}::jsonb) as given (id uuid, events integer, life text, fields jsonb, custom jsonb, emptied jsonb)
    where record.id = given.id ${record === 'deal' ? sql`returning ${STANDS}` : sql``}`.execute(db)
  return rows.map((row) => ({ ...row, stageEnteredAt: toInstant(row.stageEnteredAt) }))
}
