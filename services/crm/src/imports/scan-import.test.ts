import { once } from 'node:events'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { requireClean } from './scan-import.ts'

it('does not open a file that no scanner reads: it may be gone at once, and nobody would be there for the error', async () => {
  // A socket can be looked at and not be opened, whoever gets there first.
  const path = join(tmpdir(), `ai-crm-scan-${process.pid}`)
  const socket = createServer().listen(path)
  await once(socket, 'listening')
  const failures: unknown[] = []
  const note = (error: unknown) => void failures.push(error)
  process.on('uncaughtException', note)
  try {
    await requireClean({ config: { CLAMD_URL: undefined, SCAN_MAX_MB: 100, RESCAN_DAYS: 0 }, signal: new AbortController().signal }, path)
    await setTimeout(50)
  } finally {
    process.off('uncaughtException', note)
    socket.close()
  }
  expect(failures).toEqual([])
})
