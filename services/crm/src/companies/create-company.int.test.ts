import { companyCreated } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

it('stores the company and announces it once', async () => {
  const agent = await crm.signIn()
  const { status, body } = await agent.post('/companies', {
    name: ' Acme ',
    domains: ['https://www.Acme.example/', 'acme.example', 'acme.co.uk'],
    size: '11-50',
  })
  expect(status).toBe(201)
  expect(body).toMatchObject({
    name: 'Acme',
    domains: ['acme.example', 'acme.co.uk'],
    size: '11-50',
    website: null,
    parentId: null,
    ownerId: agent.userId,
    version: 1,
  })
  expect((await agent.get(`/companies/${body.id}`)).body).toEqual(body)
  expect(await crm.emitted(companyCreated, agent.organizationId)).toMatchObject([
    { data: { companyId: body.id, domains: ['acme.example', 'acme.co.uk'] }, actor: { type: 'user', id: agent.userId }, aggregate: { version: 1 } },
  ])
})

it('lets a domain belong to one living company of an organisation, and names which is taken', async () => {
  const [ours, theirs] = [await crm.signIn(), await crm.signIn()]
  const first = await ours.post('/companies', { name: 'Acme', domains: ['acme.example'] })
  const second = await ours.post('/companies', { name: 'Other', domains: ['other.example', 'acme.example'] })
  expect(second).toMatchObject({ status: 409, body: { code: 'crm.company.domain_taken', errors: [{ field: '/domains/1' }] } })
  expect((await ours.get('/companies')).body.items).toHaveLength(1)
  expect(await crm.emitted(companyCreated, ours.organizationId)).toHaveLength(1)
  expect((await theirs.post('/companies', { name: 'Acme', domains: ['acme.example'] })).status).toBe(201)
  await ours.delete(`/companies/${first.body.id}`)
  expect((await ours.post('/companies', { name: 'Acme again', domains: ['acme.example'] })).status).toBe(201)
})

it('lets one of ten win who take the same domain at once', async () => {
  const agent = await crm.signIn()
  const answers = await Promise.all(Array.from({ length: 10 }, (_, nth) => agent.post('/companies', { name: `Acme ${nth}`, domains: ['acme.example'] })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array<number>(9).fill(409)])
})

it.each([
  [{ name: '' }, 400, '/name'],
  [{ name: 'Acme', unknown: 1 }, 400, '/unknown'],
  [{ name: 'Acme', size: 'huge' }, 400, '/size'],
  [{ name: 'Acme', website: 'javascript:alert(1)' }, 400, '/website'],
  [{ name: 'Acme', domains: Array(21).fill('acme.example') }, 400, '/domains'],
  [{ name: 'Acme', domains: ['acme.example', 'not a domain'] }, 422, '/domains/1'],
  [{ name: 'Acme', domains: ['gmail.com'] }, 422, '/domains/0'],
  [{ name: 'Acme', domains: ['co.uk'] }, 422, '/domains/0'],
  [{ name: 'Acme', parentId: crypto.randomUUID() }, 422, '/parentId'],
])('names the wrong field of %j', async (body, status, field) => {
  const agent = await crm.signIn()
  const answer = await agent.post('/companies', body)
  expect(answer).toMatchObject({ status, body: { errors: [{ field }] } })
  expect((await agent.get('/companies')).body.items).toEqual([])
})

it('needs the permission, for each thing its own', async () => {
  const owner = await crm.signIn()
  const { organizationId } = owner
  const { body } = await owner.post('/companies', { name: 'Acme' })
  const [viewer, member] = [await crm.signIn({ role: 'viewer', organizationId }), await crm.signIn({ role: 'member', organizationId })]
  const blind = await crm.signIn({ organizationId, permissions: ['crm.contact.read'] })
  expect((await viewer.post('/companies', { name: 'Other' })).status).toBe(403)
  expect((await viewer.get(`/companies/${body.id}`)).status).toBe(200)
  expect((await viewer.patch(`/companies/${body.id}`, { name: 'x' }, { version: 1 })).status).toBe(403)
  expect((await member.patch(`/companies/${body.id}`, { name: 'x' }, { version: 1 })).status).toBe(200)
  expect((await member.delete(`/companies/${body.id}`)).status).toBe(403)
  for (const path of ['/companies', `/companies/${body.id}`, `/companies/${body.id}/timeline`]) expect((await blind.get(path)).status).toBe(403)
})
