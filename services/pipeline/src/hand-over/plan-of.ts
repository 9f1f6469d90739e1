import { HandOverPlan } from '@ai-crm/contracts'
import type { Db } from '../ctx.ts'

/** As of now; of an archived pipeline as it was. */
export async function planOf(db: Db, pipelineId: string): Promise<HandOverPlan> {
  const row = await db.selectFrom('pipeline').select('handOver').where('id', '=', pipelineId).executeTakeFirst()
  return row?.handOver ?? HandOverPlan.parse({})
}
