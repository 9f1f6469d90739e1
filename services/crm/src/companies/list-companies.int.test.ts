import { startService, type Agent } from '@ai-crm/testing'
import { beforeAll, expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)
let agent: Agent

const NAMES = ['Ромашка', 'acme', 'Beta', 'Ёлочка', 'Альфа Строй']

beforeAll(async () => {
  agent = await crm.signIn()
  for (const [nth, name] of NAMES.entries())
    await agent.post('/companies', { name, domains: [`company-${nth}.example`], ownerId: nth < 2 ? agent.userId : null })
})

async function namesOf(query: string, who = agent): Promise<string[]> {
  const names: string[] = []
  for (let cursor = ''; ;) {
    const { body } = await who.get(`/companies?${query}&limit=2${cursor}`)
    names.push(...body.items.map((item: { name: string }) => item.name))
    if (body.nextCursor === null) return names
    cursor = `&cursor=${body.nextCursor}`
  }
}

it.each([
  ['sort=createdAt&direction=asc', NAMES],
  ['sort=createdAt&direction=desc', NAMES.toReversed()],
  ['sort=name&direction=asc', ['acme', 'Альфа Строй', 'Beta', 'Ёлочка', 'Ромашка']],
  ['sort=name&direction=desc', ['Ромашка', 'Ёлочка', 'Beta', 'Альфа Строй', 'acme']],
])('pages through %s without a gap or a repeat', async (query, names) => {
  expect(await namesOf(query)).toEqual(names)
})

it.each([
  ['romashka', ['Ромашка'], 'Cyrillic in Latin letters'],
  ['стр альф', ['Альфа Строй'], 'words in any order'],
  ['company-2', ['Beta'], 'a domain'],
  ['ромашко', ['Ромашка'], 'with a typo'],
  ['%', [], 'no wildcard'],
])('finds %j: %j (%s)', async (words, names) => {
  expect(await namesOf(`sort=name&direction=asc&search=${encodeURIComponent(words)}`)).toEqual(names)
})

it('filters by whose they are, and by the exact domain', async () => {
  expect(await namesOf('sort=createdAt&direction=asc&owner=mine')).toEqual(NAMES.slice(0, 2))
  expect(await namesOf('sort=createdAt&direction=asc&owner=nobody')).toEqual(NAMES.slice(2))
  expect(await namesOf('domain=WWW.company-2.example')).toEqual(['Beta'])
  expect(await namesOf('domain=example')).toEqual([])
})

it('refuses a cursor of another sort or filter, of another organisation, and one that was changed', async () => {
  const { nextCursor } = (await agent.get('/companies?limit=1')).body
  const stranger = await crm.signIn()
  const changed = `${nextCursor.slice(0, -1)}${nextCursor.endsWith('A') ? 'B' : 'A'}`
  for (const path of [`?sort=name&cursor=${nextCursor}`, `?owner=mine&cursor=${nextCursor}`, `?cursor=${changed}`, '?sort=note', '?limit=101', '?parentId=x'])
    expect((await agent.get(`/companies${path}`)).status).toBe(400)
  expect((await stranger.get(`/companies?cursor=${nextCursor}`)).status).toBe(400)
})

it('finds nothing of another organisation, nor without one', async () => {
  const stranger = await crm.signIn()
  expect((await stranger.get('/companies')).body).toEqual({ items: [], nextCursor: null })
  for (const query of ['search=acme', 'domain=company-1.example']) expect(await namesOf(query, stranger)).toEqual([])
  const app = await crm.database.open('crm', 'app')
  const ask = { text: 'select crm.search_company($1)', values: ['acme'] }
  expect((await app.read(null, ask)).rows).toEqual([])
  expect((await app.read({ organizationId: agent.organizationId }, ask)).rows).toHaveLength(1)
})

it('keeps the searchable text out of the reach of the application, and in step with the company', async () => {
  const app = await crm.database.open('crm', 'app')
  await expect(app.batch({ organizationId: agent.organizationId }, [{ text: 'select * from crm.company_search', values: [] }])).rejects.toThrow(
    /permission denied/,
  )
  const { body } = await agent.post('/companies', { name: 'Gamma' })
  await agent.patch(`/companies/${body.id}`, { name: 'Delta' }, { version: 1 })
  expect([await namesOf('search=gamma'), await namesOf('search=delta')]).toEqual([[], ['Delta']])
  await agent.delete(`/companies/${body.id}`)
  expect(await namesOf('search=delta')).toEqual([])
})
