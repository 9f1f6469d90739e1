import { contactDeleted, contactUpdated, type EventData, type Operation, type PendingEvent } from '@ai-crm/contracts'
import type { Job } from '@ai-crm/platform'
import { sql } from 'kysely'
import { z } from 'zod'
import type { ContactChanges } from '../contacts/contact-changes.ts'
import type { Ctx, Db } from '../ctx.ts'
import { beginOperation } from '../operations/begin-operation.ts'
import { OPERATION_COLUMNS, toOperation } from '../operations/operation.ts'
import { finishOperation, noteOutcomes, takeOperation, type Outcome } from '../operations/operation-progress.ts'
import { rightMissing, wrongState } from './errors.ts'
import { lockImport } from './import.ts'
import { lockContacts, updateContacts, walkByIndex } from './store-contacts.ts'

export const revertImportJob: Job<{ operationId: string }> = { name: 'crm.revert-import', payload: z.object({ operationId: z.uuid() }) }

const BATCH = 500

/**
 * Takes an import back, as an operation of its own. Of one that is still running, `wrongState` (409); repeated, it answers the same operation.
 */
export async function revertImport(ctx: Ctx, importId: string): Promise<Operation> {
  if (ctx.rights && !ctx.rights.permissions.has('crm.contact.delete')) throw rightMissing('delete contacts')
  return ctx.write(async (scope) => {
    const { state, operationId } = await lockImport(ctx, scope.db, importId)
    if (operationId === null) throw wrongState(state)
    const done = await scope.db.selectFrom('operation').select(OPERATION_COLUMNS).where('id', '=', operationId).forUpdate().executeTakeFirstOrThrow()
    if (done.undoneById !== null)
      return toOperation(await scope.db.selectFrom('operation').select(OPERATION_COLUMNS).where('id', '=', done.undoneById).executeTakeFirstOrThrow())
    if (done.status === 'waiting' || done.status === 'running') throw wrongState(done.status)
    const undo = await beginOperation(ctx, scope, { kind: 'undo', record: 'contact', asked: { importId }, total: done.changed, undoesId: operationId })
    await scope.db.updateTable('operation').set({ undoneById: undo.id }).where('id', '=', operationId).execute()
    await scope.enqueue(revertImportJob, { operationId: undo.id }, { key: undo.id })
    return toOperation(undo)
  })
}

/** From the last row to the first, so that of several rows about one contact each finds what it made. Killed, it goes on where it was. */
export async function revert(ctx: Ctx, { operationId }: { operationId: string }): Promise<void> {
  for (let isMore = true; isMore && !ctx.signal.aborted;)
    isMore = await ctx.write(async (scope) => {
      const undo = await takeOperation(scope.db, operationId)
      if (!undo?.undoesId) return false
      const rows = await changedRows(scope.db, operationId, undo.undoesId)
      if (rows.length === 0) {
        await finishOperation(scope, operationId, 'done')
        return false
      }
      await walkByIndex(scope.db)
      const { outcomes, events } = await revertRows(scope.db, rows)
      await noteOutcomes(scope.db, operationId, outcomes)
      await scope.emitAll(events)
      return true
    })
}

interface ChangedRow {
  readonly ordinal: number
  readonly recordId: string
  readonly lastVersion: number
}

/** The next ones that the undoing has not come to. */
async function changedRows(db: Db, operationId: string, undoneId: string): Promise<ChangedRow[]> {
  const { rows } = await sql<ChangedRow>`
    select ordinal, record_id, last_version from operation_record
     where operation_id = ${undoneId}::uuid and outcome = 'changed' and record_id is not null
       and ordinal < coalesce((select min(ordinal) from operation_record where operation_id = ${operationId}::uuid), 2147483647)
     order by ordinal desc limit ${BATCH}`.execute(db)
  // A contact that comes twice is taken back in two steps.
  const first = rows.findIndex(({ recordId }, at) => rows.slice(0, at).some((other) => other.recordId === recordId))
  return first < 0 ? [...rows] : rows.slice(0, first)
}

async function revertRows(db: Db, rows: readonly ChangedRow[]): Promise<{ outcomes: Outcome[]; events: PendingEvent[] }> {
  const contacts = await lockContacts(
    db,
    rows.map(({ recordId }) => recordId),
  )
  const told = await changesOf(db, rows)
  const [outcomes, events, gone] = [new Array<Outcome>(), new Array<PendingEvent>(), new Array<string>()]
  const updates: Parameters<typeof updateContacts>[1][number][] = []
  for (const { ordinal, recordId, lastVersion } of rows) {
    const current = contacts.get(recordId)
    const skip = (code: string) => outcomes.push({ ordinal, recordId, outcome: 'skipped', code })
    if (!current) skip('crm.operation.record_gone')
    else if (lastVersion === 1) {
      // Somebody has worked with it since: it stays.
      if (current.version > 1) skip('crm.operation.changed_since')
      else {
        gone.push(recordId)
        events.push(contactDeleted({ contactId: recordId }))
        outcomes.push({ ordinal, recordId, outcome: 'changed', versions: [2, 2] })
      }
    } else {
      const changes = backwards(told.get(`${recordId}/${lastVersion}`), current)
      if (!changes) skip('crm.operation.changed_since')
      else {
        updates.push({ current, changes })
        events.push(contactUpdated({ contactId: recordId, changes }))
        outcomes.push({ ordinal, recordId, outcome: 'changed', versions: [current.version + 1, current.version + 1] })
      }
    }
  }
  if (gone.length > 0)
    await db
      .updateTable('contact')
      .set({ deletedAt: sql<Date>`now()`, version: sql<number>`version + 1`, updatedAt: sql<Date>`date_trunc('milliseconds', now())` })
      .where('id', 'in', gone)
      .execute()
  await updateContacts(db, updates)
  return { outcomes, events }
}

type Told = EventData<typeof contactUpdated>['changes']

/** What the events of the rows told, by contact and version. */
async function changesOf(db: Db, rows: readonly ChangedRow[]): Promise<Map<string, Told>> {
  const wanted = rows.filter(({ lastVersion }) => lastVersion > 1)
  if (wanted.length === 0) return new Map()
  const { rows: events } = await sql<{ id: string; version: number; data: unknown }>`
    select event.aggregate_id as id, event.aggregate_version as version, event.data
      from unnest(${wanted.map(({ recordId }) => recordId)}::uuid[], ${wanted.map(({ lastVersion }) => lastVersion)}::integer[]) as given (id, version)
      join event on event.aggregate_type = 'contact' and event.aggregate_id = given.id and event.aggregate_version = given.version`.execute(db)
  return new Map(events.map(({ id, version, data }) => [`${id}/${version}`, contactUpdated.data.parse(data).changes]))
}

/** The way back of what still is as the import has left it; null where nothing of it is. */
function backwards(
  changes: Told | undefined,
  current: Readonly<Record<string, unknown>> & { custom: Readonly<Record<string, unknown>> },
): ContactChanges | null {
  if (!changes) return null
  const { custom, ...fields } = changes
  const isStill = (held: unknown, to: unknown) => JSON.stringify(held ?? null) === JSON.stringify(to ?? null)
  const back = Object.entries(fields).filter(([field, change]) => change && isStill(current[field], change.to))
  const backCustom = Object.entries(custom ?? {}).filter(([id, { to }]) => isStill(current.custom[id], to))
  const turned = (entries: readonly (readonly [string, { from: unknown; to: unknown } | undefined])[]) =>
    Object.fromEntries(entries.map(([name, change]) => [name, { from: change?.to, to: change?.from }]))
  const all = { ...turned(back), ...(backCustom.length > 0 ? { custom: turned(backCustom) } : {}) }
  return Object.keys(all).length === 0 ? null : contactUpdated.data.shape.changes.parse(all)
}
