import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { scanFile, type ScannerConfig } from '@ai-crm/platform'
import { FileProblem, InfectedFile } from '../import-reading/file-problem.ts'

/** Before anything reads it. Nothing is put into it later. Throws `FileProblem` for what the scanner found or does not take, `ScannerAway`. */
export async function requireClean({ config, signal }: { config: ScannerConfig; signal: AbortSignal }, path: string): Promise<void> {
  const verdict = await scanFile(config, { sizeBytes: (await stat(path)).size, blocks: read(path) }, signal)
  if (verdict?.state === 'infected') throw new InfectedFile(verdict.finding ?? '')
  if (verdict?.state === 'unscannable') throw new FileProblem('crm.import.unscannable', 'The file is too large for the scanner for malware.')
}

/** Opened when it is asked for: a stream that nobody reads would fail by itself once the file is gone, and take the process with it. */
async function* read(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path)
}
