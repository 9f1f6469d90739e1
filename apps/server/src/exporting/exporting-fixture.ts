import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'vitest'

const run = promisify(execFile)

/** What a client of the API gets; looked at, not trusted. */
// oxlint-disable-next-line no-explicit-any
type Body = any
export type Ask = (method: 'GET' | 'POST' | 'DELETE', path: string) => Promise<{ status: number; body: Body }>

/** Waits for the end of an export that was asked for, and answers how it ended. */
export async function exportOver(ask: Ask, exportId: string, timeoutMs = 60_000): Promise<Body> {
  let found: Body
  const look = async () => {
    const { body } = await ask('GET', '/organization/exports')
    found = body.items.find(({ id }: { id: string }) => id === exportId)
    return found?.state
  }
  await expect.poll(look, { timeout: timeoutMs, interval: 100 }).not.toBe('running')
  return found
}

export interface Archive {
  readonly manifest: Body
  /** Everything unpacked: path below the archive's folder → bytes. */
  readonly files: ReadonlyMap<string, Buffer>
  rows(path: string): Body[]
}

/** Unpacks with the system's own tar, and lets sha256sum check it: as whoever leaves with it does. */
export async function unpack(archive: Buffer): Promise<Archive> {
  const folder = await mkdtemp(join(tmpdir(), 'ai-crm-archive-'))
  try {
    await writeFile(join(folder, 'archive.tar.gz'), archive)
    await run('tar', ['-xzf', 'archive.tar.gz'], { cwd: folder })
    const top = (await readdir(folder)).find((name) => name !== 'archive.tar.gz') ?? ''
    await run('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: join(folder, top) })
    const entries = await readdir(join(folder, top), { recursive: true, withFileTypes: true })
    const read = entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name)
        return [path.slice(join(folder, top).length + 1), await readFile(path)] as const
      })
    const files = new Map(await Promise.all(read))
    return {
      manifest: JSON.parse(files.get('manifest.json')?.toString() ?? 'null'),
      files,
      rows: (path) =>
        (files.get(path)?.toString() ?? '')
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line)),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
