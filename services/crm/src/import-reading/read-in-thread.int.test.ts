import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImportSettings } from '@ai-crm/contracts'
import { Worker } from 'node:worker_threads'
import { afterEach, expect, it, vi } from 'vitest'
import { draftRows, isTurnWanted } from './read-in-thread.ts'

async function fileOf(text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'ai-crm-turns-'))
  const path = join(folder, 'file')
  await writeFile(path, text)
  const settings = ImportSettings.parse({ fields: ['name'] })
  return {
    folder,
    read: () => draftRows({ path, reading: {}, settings, fields: [], people: [], stages: [], width: 1, after: 0 }, new AbortController().signal),
  }
}

afterEach(() => void vi.useRealTimers())

it('lets two read at once, and says whether somebody waits for them', async () => {
  const { folder, read } = await fileOf('Name\nAda\n')
  const [first, second, third] = [read(), read(), read()]
  await Promise.all([first.next(), second.next()])
  expect(isTurnWanted()).toBe(false)
  const waiting = third.next()
  await expect.poll(isTurnWanted).toBe(true)
  await first.return(undefined)
  expect((await waiting).value).toMatchObject([{ number: 2 }])
  expect(isTurnWanted()).toBe(false)
  await Promise.all([second.return(undefined), third.return(undefined)])
  await rm(folder, { recursive: true })
})

it('keeps a thread for the next file, and lets it go with what it had read where none comes for a minute', async () => {
  const { folder, read } = await fileOf('Name\nAda\n')
  const ended = vi.spyOn(Worker.prototype, 'terminate')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  for (let times = 0; times < 2; times++) {
    await vi.advanceTimersByTimeAsync(59_000)
    for await (const rows of read()) expect(rows).toMatchObject([{ number: 2 }])
  }
  expect(ended).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(61_000)
  expect(ended).toHaveBeenCalled()
  await rm(folder, { recursive: true })
})
