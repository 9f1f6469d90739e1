import type { GoneDocument, SearchDocument, SearchIndex } from '@ai-crm/platform'
import { startService } from '@ai-crm/testing'
import { expect, it, vi } from 'vitest'
import service from '../service.ts'

// An index that keeps what it is told last, and can be held between reading and writing: as a slow cluster does, or a process that stands still.
const kept = new Map<string, string>()
let isHeld = false
let letGo = (): void => {}
let waiting = 0
async function passed(documents: readonly (SearchDocument | GoneDocument)[]): Promise<void> {
  if (!isHeld || !documents.some((document) => 'words' in document)) return
  isHeld = false
  waiting += 1
  await new Promise<void>((resolve) => (letGo = resolve))
}
const slow: SearchIndex = {
  find: async () => null,
  async write(_organizationId, load) {
    const documents = await load()
    await passed(documents)
    for (const document of documents) {
      if ('words' in document) kept.set(document.id, document.words)
      else kept.delete(document.id)
    }
  },
  forget: async () => {},
  isBuilt: async () => true,
  beginGeneration: () => Promise.reject(new Error('It is built.')),
  mayPass: () => false,
  isHealthy: () => true,
  close: async () => {},
}
const crm = await startService(service, { search: slow })
const rows = (sql: string) => crm.database.asAdmin(sql)

async function somebody() {
  const owner = await crm.signIn()
  const { body } = await owner.post('/contacts', { name: 'Vilhelmina Ek', email: 'vilhelmina@people.example' })
  const about = { contactId: body.id }
  const task = await owner.post('/tasks', { ...about, title: 'Call Vilhelmina' })
  const note = await owner.post('/record-notes', { ...about, body: 'Vilhelmina is ill' })
  const erase = async () => {
    const asked = await owner.post(`/contacts/${body.id}/erasure`, { name: 'Vilhelmina Ek' })
    expect(asked.status).toBe(202)
    const isDone = async () =>
      (await rows(`select from crm.person_erasure_part where erasure_id = '${asked.body.id}' and finished_at is not null`)).length === 1
    await vi.waitUntil(isDone, { timeout: 30_000, interval: 50 })
  }
  return { ids: [body.id, task.body.id, note.body.id] as const, erase }
}

const ofTheirs = (ids: readonly string[]) => ids.filter((id) => kept.has(id))

it('forgets with a person what was noted about them', async () => {
  const { ids, erase } = await somebody()
  await crm.settle()
  expect(ofTheirs(ids)).toEqual(ids)
  await erase()
  await crm.settle()
  expect(ofTheirs(ids)).toEqual([])
})

it('brings nobody back who is erased while the index is told of them', { timeout: 60_000 }, async () => {
  isHeld = true
  const { ids, erase } = await somebody()
  await vi.waitUntil(() => waiting === 1, { timeout: 30_000 })
  await erase()
  letGo()
  await crm.settle()
  expect(ofTheirs(ids)).toEqual([])
})
