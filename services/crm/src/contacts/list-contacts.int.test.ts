import { startService, type Agent } from '@ai-crm/testing'
import { beforeAll, expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)
let agent: Agent

const NAMES = ['Борис', 'анна', 'Eve', 'adam', 'Ёлка', 'Zoe', 'Ivan']

beforeAll(async () => {
  agent = await crm.signIn()
  for (const name of NAMES) await agent.post('/contacts', { name })
  // Two have been active; the others never were.
  await crm.database.asAdmin(`update crm.contact set last_activity_at = ('2026-01-0' || case name when 'Eve' then 1 else 2 end)::timestamptz
    where name in ('Eve', 'Ivan')`)
})

async function namesOf(query: string): Promise<string[]> {
  const names: string[] = []
  for (let cursor = ''; ;) {
    const { body } = await agent.get(`/contacts?${query}&limit=2${cursor}`)
    names.push(...body.items.map((item: { name: string }) => item.name))
    if (body.nextCursor === null) return names
    cursor = `&cursor=${body.nextCursor}`
  }
}

it.each([
  ['sort=createdAt&direction=asc', NAMES],
  ['sort=createdAt&direction=desc', NAMES.toReversed()],
  ['sort=name&direction=asc', ['adam', 'анна', 'Борис', 'Ёлка', 'Eve', 'Ivan', 'Zoe']],
  ['sort=name&direction=desc', ['Zoe', 'Ivan', 'Eve', 'Ёлка', 'Борис', 'анна', 'adam']],
])('pages through %s without a gap or a repeat', async (query, names) => {
  expect(await namesOf(query)).toEqual(names)
})

it('sorts who was never active as the longest inactive', async () => {
  const newest = await namesOf('sort=lastActivityAt&direction=desc')
  expect(newest.slice(0, 2)).toEqual(['Ivan', 'Eve'])
  expect(newest.toSorted()).toEqual(NAMES.toSorted())
  expect(await namesOf('sort=lastActivityAt&direction=asc')).toEqual(newest.toReversed())
})

it('shows no activity as null', async () => {
  const { body } = await agent.get('/contacts?sort=lastActivityAt&direction=asc&limit=1')
  expect(body.items[0].lastActivityAt).toBeNull()
})

it('filters by source', async () => {
  expect(await namesOf('source=message')).toEqual([])
  expect(await namesOf('source=manual')).toHaveLength(NAMES.length)
})

it('refuses a cursor of another sort, of another organisation, and one that was changed', async () => {
  const { body } = await agent.get('/contacts?limit=1')
  const stranger = await crm.signIn()
  const changed = `${body.nextCursor.slice(0, -1)}${body.nextCursor.endsWith('A') ? 'B' : 'A'}`
  expect((await agent.get(`/contacts?sort=name&cursor=${body.nextCursor}`)).status).toBe(400)
  expect((await stranger.get(`/contacts?cursor=${body.nextCursor}`)).status).toBe(400)
  expect((await agent.get(`/contacts?cursor=${changed}`)).status).toBe(400)
})

it('shows nothing to another organisation', async () => {
  const stranger = await crm.signIn()
  expect((await stranger.get('/contacts')).body).toEqual({ items: [], nextCursor: null })
})

it('refuses sorts and sizes that are not offered', async () => {
  expect((await agent.get('/contacts?sort=note')).status).toBe(400)
  expect((await agent.get('/contacts?limit=101')).status).toBe(400)
})
