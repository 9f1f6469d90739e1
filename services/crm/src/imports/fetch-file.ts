import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ctx } from '../ctx.ts'
import { FileProblem } from '../import-reading/file-problem.ts'

/** Gives work the file of an import as one, in a folder of its own that is gone afterwards. Read piece by piece: it is never held. Throws `FileProblem`. */
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

/** As a whole: pieces are forgotten after some days. */
async function writeFile(ctx: Ctx, importId: string, path: string): Promise<void> {
  const { sizeBytes } = await ctx.db.selectFrom('import').select('sizeBytes').where('id', '=', importId).executeTakeFirstOrThrow()
  const file = await open(path, 'wx', 0o600)
  try {
    for (let [position, written] = [0, 0]; written < sizeBytes; position++) {
      ctx.signal.throwIfAborted()
      const chunk = await ctx.db.selectFrom('importChunk').select('bytes').where('importId', '=', importId).where('position', '=', position).executeTakeFirst()
      if (!chunk) throw new FileProblem('crm.import.file_gone', 'The file is not kept any more: that is done for seven days. Send it again.')
      await file.write(chunk.bytes)
      written += chunk.bytes.length
    }
  } finally {
    await file.close()
  }
}
