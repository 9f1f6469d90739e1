import { openSearchIndex, type SearchDocument } from '@ai-crm/platform'
import { startService, type Agent } from '@ai-crm/testing'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import service from '../service.ts'
import { elasticsearchUrl, log, startIndexedCrm } from './index-fixture.ts'

const found = async (who: Agent, query: string): Promise<string[]> =>
  (await who.get(`/search?query=${encodeURIComponent(query)}&limit=20`)).body.contacts.map(({ name }: { name: string }) => name)

it('writes nothing for an index where there is none', async () => {
  const crm = await startService(service)
  const agent = await crm.signIn()
  await agent.post('/contacts', { name: 'Ada' })
  await crm.settle()
  const { rows } = await sql<{ count: string }>`select count(*) from search_change`.execute(crm.ctx(agent.organizationId).db)
  expect(rows).toMatchObject([{ count: 0 }])
})

it('searches its tables while the index is away, and keeps what the index has to be told', async () => {
  const search = await openSearchIndex({ url: 'http://127.0.0.1:9', prefix: 'away', log })
  onTestFinished(() => search.close())
  const crm = await startService(service, { search })
  const agent = await crm.signIn()
  await agent.post('/contacts', { name: 'Ada Lovelace' })
  await crm.settle()
  expect(await found(agent, 'lovelace')).toEqual(['Ada Lovelace'])
  const { db } = crm.ctx(agent.organizationId)
  const waiting = () =>
    sql<{ kept: number; plannedAt: Date }>`select (select count(*)::int from search_change) as kept, run_at as "plannedAt"
      from job where name = 'crm.feed-search-index' and status = 'waiting' and run_at > now()`.execute(db)
  const { rows } = await waiting()
  expect(rows).toEqual([{ kept: 1, plannedAt: expect.any(Date) }])
  // What happens meanwhile does not end the pause.
  await agent.post('/contacts', { name: 'Grace Hopper' })
  await crm.settle()
  expect((await waiting()).rows).toEqual([{ kept: 2, plannedAt: rows[0]?.plannedAt }])
})

describe.skipIf(!elasticsearchUrl)('on Elasticsearch (TEST_ELASTICSEARCH_URL)', async () => {
  if (!elasticsearchUrl) return
  const { crm, search, rebuild, settled, ask } = await startIndexedCrm(elasticsearchUrl)
  const signal = new AbortController().signal

  it('shows nothing of what the index still has and the asker may not see any more, and fills up from what they may', async () => {
    const owner = await crm.signIn()
    const clerk = await crm.signIn({
      organizationId: owner.organizationId,
      permissions: ['crm.contact.read', 'crm.contact.create'],
      scopes: { contact: { read: 'own', write: 'own' } },
    })
    for (let at = 0; at < 30; at++) await clerk.post('/contacts', { name: `Stale ${at}` })
    await clerk.post('/contacts', { name: 'The other who is stale' })
    await settled()
    // Behind the back of every event, as if the index were hours late.
    const move = sql`update contact set owner_id = ${owner.userId}::uuid where name like 'Stale %'`
    await crm.ctx(owner.organizationId).write(({ db }) => move.execute(db))
    expect((await clerk.get('/search?query=stale&limit=5')).body.contacts.map(({ name }: { name: string }) => name)).toEqual(['The other who is stale'])
    await crm.ctx(owner.organizationId).write(({ db }) => sql`update contact set deleted_at = now() where name like 'Stale %'`.execute(db))
    expect(await found(owner, 'stale')).toEqual(['The other who is stale'])
  })

  it('keeps the newer of two versions, in whatever order they come, and a deletion', async () => {
    const { organizationId } = await crm.signIn()
    const document = (version: number, words: string): SearchDocument => ({ kind: 'contact', id: organizationId, version, name: words, words, ownerId: null })
    const asked = async (folded: string) => {
      await ask('POST', 'records/_refresh')
      return (await search.find(organizationId, [{ kind: 'contact', folded, switched: '', phone: null, owners: 'all', limit: 5 }], signal))?.[0]?.length
    }
    await search.write(organizationId, async () => [document(2, 'newer')], signal)
    await search.write(organizationId, async () => [document(1, 'older')], signal)
    expect([await asked('newer'), await asked('older')]).toEqual([1, 0])
    await search.write(organizationId, async () => [{ kind: 'contact', id: organizationId, version: 3 }], signal)
    await search.write(organizationId, async () => [document(2, 'newer')], signal)
    expect(await asked('newer')).toBe(0)
  })

  it('is built anew while people search and write, and nobody notices', async () => {
    const agent = await crm.signIn()
    for (let at = 0; at < 40; at++) await agent.post('/contacts', { name: `Before ${at}` })
    await settled()
    const before = await generations()
    let isOver = false
    const misses: string[] = []
    const searching = (async () => {
      while (!isOver) if (!(await found(agent, 'before 7')).includes('Before 7')) misses.push('Before 7')
    })()
    const writing = (async () => {
      for (let at = 0; !isOver; at++) await agent.post('/contacts', { name: `During ${at}` })
    })()
    const built = await rebuild()
    isOver = true
    await Promise.all([searching, writing])
    await settled()
    expect([misses, built?.documents]).toEqual([[], expect.any(Number)])
    expect(await generations()).toEqual([built?.generation])
    expect(before).not.toContain(built?.generation)
    const { rows } = await sql<{ name: string }>`select name from contact where name like 'During %'`.execute(crm.ctx(agent.organizationId).db)
    expect(rows.length).toBeGreaterThan(0)
    for (const { name } of rows) expect(await found(agent, name)).toContain(name)
  })

  it('changes nothing when it is interrupted, and does the whole when it is run again', async () => {
    const agent = await crm.signIn()
    await agent.post('/contacts', { name: 'Steady' })
    await settled()
    const before = await generations()
    const interrupted = await search.beginGeneration(signal)
    await agent.post('/contacts', { name: 'Steadier' })
    await settled()
    expect((await found(agent, 'stead')).toSorted()).toEqual(['Steadier', 'Steady'])
    const built = await rebuild()
    expect(await generations()).toEqual([built?.generation])
    expect([...before, interrupted.name]).not.toContain(built?.generation)
    expect((await found(agent, 'stead')).toSorted()).toEqual(['Steadier', 'Steady'])
  })

  it('forgets an organisation whole, and no other', async () => {
    const [gone, kept] = [await crm.signIn(), await crm.signIn()]
    for (const agent of [gone, kept]) await agent.post('/contacts', { name: 'Known to both' })
    await settled()
    await search.forget(gone.organizationId, signal)
    const questions = [{ kind: 'contact', folded: 'known', switched: '', phone: null, owners: 'all', limit: 5 }] as const
    await ask('POST', 'records/_refresh')
    const count = async ({ organizationId }: Agent) => (await search.find(organizationId, questions, signal))?.[0]?.length
    expect([await count(gone), await count(kept)]).toEqual([0, 1])
  })

  async function generations(): Promise<string[]> {
    return Object.keys(Object(await ask('GET', 'records-*/_alias'))).toSorted()
  }
})
