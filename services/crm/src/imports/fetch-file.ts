import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ctx } from '../ctx.ts'

/** Gives work the file of an import as one, in a folder of its own that is gone afterwards. Read piece by piece: it is never held. */
export async function withFile<Result>(ctx: Ctx, importId: string, work: (path: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'ai-crm-import-'))
  try {
    const path = join(folder, 'file')
    await writeFile(ctx, importId, path)
    return await work(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function writeFile(ctx: Ctx, importId: string, path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    for (let position = 0; !ctx.signal.aborted; position++) {
      const chunk = await ctx.db.selectFrom('importChunk').select('bytes').where('importId', '=', importId).where('position', '=', position).executeTakeFirst()
      if (!chunk) return
      await file.write(chunk.bytes)
    }
  } finally {
    await file.close()
  }
}
