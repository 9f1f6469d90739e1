import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImportSettings } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { draftRows, isTurnWanted } from './read-in-thread.ts'

it('lets two read at once, and says whether somebody waits for them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ai-crm-turns-'))
  const path = join(folder, 'file')
  await writeFile(path, 'Name\nAda\n')
  const settings = ImportSettings.parse({ fields: ['name'] })
  const read = () => draftRows({ path, reading: {}, settings, fields: [], people: [], stages: [], width: 1, after: 0 }, new AbortController().signal)
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
