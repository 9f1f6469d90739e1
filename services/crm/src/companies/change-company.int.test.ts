import { companyDeleted, companyUpdated } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

async function withCompany(fields: object = {}) {
  const agent = await crm.signIn()
  const { body } = await agent.post('/companies', { name: 'Acme', domains: ['acme.example'], ...fields })
  return { agent, company: body, path: `/companies/${body.id}` }
}

it('changes what is given and tells exactly that', async () => {
  const { agent, company, path } = await withCompany({ industry: 'Engines' })
  const change = { name: 'Acme', industry: null, domains: ['acme.example', 'acme.org'], website: 'https://acme.example' }
  const { status, body } = await agent.patch(path, change, { version: 1 })
  expect(status).toBe(200)
  expect(body).toEqual({ ...company, ...change, version: 2, updatedAt: body.updatedAt })
  const { name: _unchanged, ...told } = change
  const changes = Object.fromEntries(Object.entries(told).map(([field, to]) => [field, { from: company[field], to }]))
  expect(await crm.emitted(companyUpdated, agent.organizationId)).toMatchObject([{ data: { companyId: company.id, changes } }])
  expect((await agent.get(path)).body).toEqual(body)
})

it('tells nothing and counts nothing when nothing changes', async () => {
  const { agent, company, path } = await withCompany()
  expect((await agent.patch(path, { domains: ['WWW.acme.example'] }, { version: 1 })).body).toEqual(company)
  expect(await crm.emitted(companyUpdated, agent.organizationId)).toEqual([])
})

it('lets one of ten win who change the same version, and asks for one', async () => {
  const { agent, path } = await withCompany()
  const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => agent.patch(path, { name: `Acme ${index}` }, { version: 1 })))
  const lost = answers.filter(({ status }) => status === 409)
  expect(lost).toHaveLength(9)
  expect(lost[0]?.body).toMatchObject({ code: 'platform.version_conflict', context: { currentVersion: 2 } })
  expect((await agent.patch(path, { name: 'x' })).status).toBe(428)
})

it('refuses a domain that another company has and keeps the row as it was; a domain that is given up is free', async () => {
  const { agent, company, path } = await withCompany()
  const other = (await agent.post('/companies', { name: 'Other', domains: ['other.example'] })).body
  expect(await agent.patch(path, { domains: ['acme.example', 'other.example'] }, { version: 1 })).toMatchObject({
    status: 409,
    body: { code: 'crm.company.domain_taken', errors: [{ field: '/domains/1' }] },
  })
  expect((await agent.get(path)).body).toEqual(company)
  await agent.patch(`/companies/${other.id}`, { domains: [] }, { version: 1 })
  expect((await agent.patch(path, { domains: ['acme.example', 'other.example'] }, { version: 1 })).status).toBe(200)
})

it('takes a deleted company out of sight; a repeat is no error and tells nothing new', async () => {
  const { agent, company, path } = await withCompany()
  expect([(await agent.delete(path)).status, (await agent.delete(path)).status]).toEqual([204, 204])
  expect((await agent.get(path)).status).toBe(404)
  expect((await agent.get(`${path}/timeline`)).status).toBe(404)
  expect((await agent.patch(path, { name: 'x' }, { version: 2 })).status).toBe(404)
  expect((await agent.get('/companies')).body.items).toEqual([])
  expect(await crm.emitted(companyDeleted, agent.organizationId)).toMatchObject([{ data: { companyId: company.id }, aggregate: { version: 2 } }])
})

it('answers the id of another organisation like one that never was, whatever is asked', async () => {
  const { company } = await withCompany()
  const stranger = await crm.signIn()
  const ask = (path: string) =>
    Promise.all([stranger.get(path), stranger.patch(path, { name: 'x' }, { version: 1 }), stranger.delete(path), stranger.get(`${path}/timeline`)])
  const [forTheirs, forRandom] = [await ask(`/companies/${company.id}`), await ask(`/companies/${crypto.randomUUID()}`)]
  const shape = (answers: typeof forTheirs) => answers.map(({ status, body }) => ({ status, body: { ...body, requestId: '' } }))
  expect(shape(forTheirs)).toEqual(shape(forRandom))
  expect(forTheirs.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  for (const body of [
    { name: 'Child', parentId: company.id },
    { name: 'Child', parentId: crypto.randomUUID() },
  ])
    expect(await stranger.post('/companies', body)).toMatchObject({ status: 422, body: { code: 'crm.company.unknown' } })
})
