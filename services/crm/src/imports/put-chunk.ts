import { IMPORT_CHUNK_BYTES, type Import } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { chunkUnfit, wrongState } from './errors.ts'
import { lockImport, readImport } from './import.ts'

/** Repeated, it has no further effect. Throws 404, `wrongState` (409), `chunkUnfit` (422). */
export async function putChunk(ctx: Ctx, importId: string, position: number, base64: string): Promise<Import> {
  const bytes = Buffer.from(base64, 'base64')
  return ctx.write(async ({ db }) => {
    const { state, sizeBytes } = await lockImport(ctx, db, importId)
    if (state !== 'uploading') throw wrongState(state)
    const expected = Math.min(IMPORT_CHUNK_BYTES, sizeBytes - position * IMPORT_CHUNK_BYTES)
    if (bytes.length !== expected) throw chunkUnfit(Math.max(expected, 0))
    await db
      .insertInto('importChunk')
      .values({ importId, position, bytes })
      .onConflict((conflict) => conflict.columns(['organizationId', 'importId', 'position']).doUpdateSet({ bytes }))
      .execute()
    return readImport(ctx, db, importId)
  })
}
