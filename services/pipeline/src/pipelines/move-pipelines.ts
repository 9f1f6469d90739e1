import { pipelineUpdated, type Pipeline } from '@ai-crm/contracts'
import type { Write } from '../ctx.ts'

/** Makes room: the pipeline gets the nth place among all, and those behind it move on. Returns its position; the others are stored. */
export async function movePipelines({ db, emit }: Pick<Write, 'db' | 'emit'>, all: readonly Pipeline[], moved: Pipeline, nth: number): Promise<number> {
  const order = all.filter((each) => each !== moved)
  order.splice(nth, 0, moved)
  for (const [position, each] of order.entries()) {
    if (each === moved || each.position === position) continue
    await db
      .updateTable('pipeline')
      .set({ position, version: each.version + 1, updatedAt: new Date() })
      .where('id', '=', each.id)
      .execute()
    await emit(pipelineUpdated({ pipelineId: each.id, changes: { position: { from: each.position, to: position } } }))
  }
  return order.indexOf(moved)
}
