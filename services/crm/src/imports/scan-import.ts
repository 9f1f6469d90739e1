import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { scanFile } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { FileProblem } from '../import-reading/file-problem.ts'

/** Before anything reads it. Nothing is put into it later. Throws `FileProblem` for what the scanner found or does not take, `ScannerAway`. */
export async function requireClean(ctx: Ctx, path: string): Promise<void> {
  const verdict = await scanFile(ctx.config, { sizeBytes: (await stat(path)).size, blocks: createReadStream(path) }, ctx.signal)
  if (verdict?.state === 'infected') throw new FileProblem('crm.import.infected', 'The scanner found malware in this file.')
  if (verdict?.state === 'unscannable') throw new FileProblem('crm.import.unscannable', 'The file is too large for the scanner for malware.')
}
