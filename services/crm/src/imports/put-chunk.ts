import type { Chunk, Import } from '@ai-crm/contracts'
import { fittingChunk } from '../chunks/fitting-chunk.ts'
import type { Ctx } from '../ctx.ts'
import { wrongState } from './errors.ts'
import { lockImport, readImport } from './import.ts'

/** Repeated, it has no further effect. Throws 404, `wrongState` (409), `chunkUnfit` (422). */
export async function putChunk(ctx: Ctx, importId: string, chunk: Chunk): Promise<Import> {
  return ctx.write(async ({ db }) => {
    const { state, sizeBytes } = await lockImport(ctx, db, importId)
    if (state !== 'uploading') throw wrongState(state)
    const bytes = fittingChunk(chunk, sizeBytes)
    await db
      .insertInto('importChunk')
      .values({ importId, position: chunk.position, bytes })
      .onConflict((conflict) => conflict.columns(['organizationId', 'importId', 'position']).doUpdateSet({ bytes }))
      .execute()
    return readImport(ctx, db, importId)
  })
}
