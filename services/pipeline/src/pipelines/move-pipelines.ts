import { pipelineUpdated, type Pipeline } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Write } from '../ctx.ts'

/** Makes room: the pipeline gets the nth place among all, and those behind it move on. Returns its position; the others are stored. */
export async function movePipelines({ db, emitAll }: Pick<Write, 'db' | 'emitAll'>, all: readonly Pipeline[], moved: Pipeline, nth: number): Promise<number> {
  const order = all.filter((each) => each !== moved)
  order.splice(nth, 0, moved)
  const shifted = order.flatMap((each, position) => (each === moved || each.position === position ? [] : [{ id: each.id, from: each.position, to: position }]))
  if (shifted.length > 0) {
    await sql`update pipeline set position = given."to", version = version + 1, updated_at = now()
      from jsonb_to_recordset(${JSON.stringify(shifted)}::jsonb) as given (id uuid, "to" integer) where pipeline.id = given.id`.execute(db)
    await emitAll(shifted.map(({ id, from, to }) => pipelineUpdated({ pipelineId: id, changes: { position: { from, to } } })))
  }
  return order.indexOf(moved)
}
