import { type CreatePipelinex, type Pipelinex, pipelinexCreated } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { toPipelinex } from './pipelinex.ts'

export async function createPipelinex(ctx: Ctx, input: CreatePipelinex): Promise<Pipelinex> {
  return ctx.write(async ({ db, emit }) => {
    const row = await db.insertInto('pipelinex').values(input).returningAll().executeTakeFirstOrThrow()
    await emit(pipelinexCreated({ pipelinexId: row.id, name: row.name }))
    return toPipelinex(row)
  })
}
