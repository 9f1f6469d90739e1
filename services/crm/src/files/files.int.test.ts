import { CHUNK_BYTES, fileAdded, fileDeleted, fileUpdated, MAX_FILE_BYTES, type Permission } from '@ai-crm/contracts'
import { purgeOldRows } from '@ai-crm/platform'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { FILE_RETENTION } from './retention.ts'

const crm = await startService(service)
const contact = async (agent: Agent, fields: object = {}) => (await agent.post('/contacts', { name: 'Ada', ...fields })).body
const colleague = ({ organizationId }: Agent, more: object = {}) => crm.signIn({ organizationId, userId: crypto.randomUUID(), ...more })
const announce = (agent: Agent, fields: object) => agent.post('/record-files', { name: 'Offer.pdf', contentType: 'application/pdf', sizeBytes: 3, ...fields })
const put = (agent: Agent, fileId: string, position: number, bytes: Uint8Array) =>
  agent.put(`/record-files/${fileId}/chunks`, { position, bytes: Buffer.from(bytes).toString('base64') })
const names = async (agent: Agent, query = '') => (await agent.get(`/record-files${query}`)).body.items.map(({ name }: { name: string }) => name)
const three = Buffer.from('abc')

async function added(agent: Agent, fields: object) {
  const { id } = (await announce(agent, fields)).body
  return (await put(agent, id, 0, three)).body
}

it('is there with its last piece, whichever that is, and told once', async () => {
  const agent = await crm.signIn()
  const ada = await contact(agent)
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(CHUNK_BYTES - 4, 'a file, ')])
  const { status, body: file } = await announce(agent, { contactId: ada.id, sizeBytes: bytes.length })
  expect(status).toBe(201)
  expect(file).toMatchObject({ isComplete: false, addedById: agent.userId, contentType: 'application/pdf' })
  const pieces = [bytes.subarray(0, CHUNK_BYTES), bytes.subarray(CHUNK_BYTES)] as const
  for (let time = 0; time < 2; time++) expect((await put(agent, file.id, 1, pieces[1])).body.isComplete).toBe(false)
  expect([await names(agent), (await agent.get(`/record-files/${file.id}/content`)).status]).toEqual([[], 404])
  await Promise.all([put(agent, file.id, 0, pieces[0]), put(agent, file.id, 0, pieces[0])])
  // Of a file that is whole nothing changes any more.
  expect((await put(agent, file.id, 1, Buffer.alloc(5))).body.isComplete).toBe(true)

  const { status: found, headers, raw } = await agent.get(`/record-files/${file.id}/content`)
  expect(found).toBe(200)
  expect(raw.equals(bytes)).toBe(true)
  expect(headers['content-disposition']).toContain('attachment; filename="Offer.pdf"')
  expect(headers['content-security-policy']).toBe("sandbox; default-src 'none'")
  expect(await crm.emitted(fileAdded, agent.organizationId)).toMatchObject([
    {
      aggregate: { id: file.id, version: 1 },
      data: { name: 'Offer.pdf', contentType: 'application/pdf', contactId: ada.id, sizeBytes: bytes.length, addedById: agent.userId },
    },
  ])
  await crm.settle()
  const [entry] = (await agent.get(`/contacts/${ada.id}/timeline`)).body.items
  expect(entry).toMatchObject({ type: 'file.added', excerpt: 'Offer.pdf' })
})

it('refuses what does not fit, naming the field, and keeps nothing of it', async () => {
  const [agent, stranger] = [await crm.signIn(), await crm.signIn()]
  const [ada, foreign] = [await contact(agent), await contact(stranger)]
  for (const sizeBytes of [0, MAX_FILE_BYTES + 1, 1.5])
    expect(await announce(agent, { contactId: ada.id, sizeBytes })).toMatchObject({
      status: 400,
      body: { errors: [{ field: expect.stringContaining('sizeBytes') }] },
    })
  expect(await announce(agent, {})).toMatchObject({ status: 422, body: { code: 'crm.about.no_record' } })
  expect(await announce(agent, { contactId: foreign.id })).toMatchObject({ status: 422, body: { errors: [{ field: '/contactId' }] } })
  const { id } = (await announce(agent, { contactId: ada.id })).body
  for (const [position, bytes] of [
    [0, Buffer.from('ab')],
    [0, Buffer.from('abcd')],
    [1, Buffer.from('abc')],
  ] as const)
    expect(await put(agent, id, position, bytes)).toMatchObject({ status: 422, body: { code: 'crm.chunk_unfit', errors: [{ field: '/bytes' }] } })
  expect((await agent.put(`/record-files/${id}/chunks`, { position: 0, bytes: 'no base64!' })).status).toBe(400)
  expect((await put(agent, id, 0, three)).body.isComplete).toBe(true)
})

it('calls a file what its bytes say, whatever it was announced as, and never what a browser could run', async () => {
  const agent = await crm.signIn()
  const ada = await contact(agent)
  const program = Buffer.from('4d5a90000300000004000000ffff0000b80000000000000040', 'hex')
  for (const [announced, bytes, kept] of [
    ['application/pdf', '%PDF-1.7 and so on', 'application/pdf'],
    ['text/plain', '%PDF-1.7 and so on', 'application/pdf'],
    ['application/pdf', program, 'application/octet-stream'],
    ['image/png', '<svg onload="alert(1)">', 'application/octet-stream'],
    ['text/html', '<script>alert(1)</script>', 'application/octet-stream'],
    ['text/csv', 'name,email\n', 'text/csv'],
  ] as const) {
    const content = Buffer.from(bytes)
    const { id } = (await announce(agent, { contactId: ada.id, contentType: announced, sizeBytes: content.length })).body
    expect((await put(agent, id, 0, content)).body.contentType, announced).toBe(kept)
    const { headers } = await agent.get(`/record-files/${id}/content`)
    expect([headers['content-type']?.split(';')[0], headers['x-content-type-options'], headers['content-disposition']?.split(';')[0]]).toEqual([
      kept,
      'nosniff',
      'attachment',
    ])
  }
})

it('keeps no type that a browser would not send', async () => {
  const agent = await crm.signIn()
  const ada = await contact(agent)
  for (const [given, kept] of [
    ['', 'application/octet-stream'],
    ['text/html; charset=utf-8', 'application/octet-stream'],
    ['text/plain\r\nset-cookie: a=b', 'application/octet-stream'],
    ['Image/PNG', 'image/png'],
  ])
    expect((await announce(agent, { contactId: ada.id, contentType: given })).body.contentType).toBe(kept)
})

it('is deleted by whoever added it, or by who may delete files of others; until it is whole it is its adder’s alone', async () => {
  const owner = await crm.signIn()
  const [member, manager] = [await colleague(owner, { role: 'member' }), await colleague(owner, { role: 'manager' })]
  const ada = await contact(owner)
  const [first, second] = [await added(member, { contactId: ada.id }), await added(owner, { contactId: ada.id })]
  const arriving = (await announce(owner, { contactId: ada.id })).body
  expect((await put(member, arriving.id, 0, three)).status).toBe(404)
  expect((await manager.delete(`/record-files/${arriving.id}`)).status).toBe(404)
  expect(await member.delete(`/record-files/${second.id}`)).toMatchObject({ status: 403, body: { code: 'crm.file.not_yours' } })
  for (let time = 0; time < 2; time++) expect((await member.delete(`/record-files/${first.id}`)).status).toBe(204)
  expect((await manager.delete(`/record-files/${second.id}`)).status).toBe(204)
  expect((await owner.delete(`/record-files/${arriving.id}`)).status).toBe(204)
  expect((await put(owner, arriving.id, 0, three)).status).toBe(404)
  expect([await names(owner), (await owner.get(`/record-files/${first.id}/content`)).status]).toEqual([[], 404])
  expect((await crm.emitted(fileDeleted, owner.organizationId)).map(({ data }) => data.fileId)).toEqual([first.id, second.id])
})

it('is out of sight with what it is about', async () => {
  const owner = await crm.signIn()
  const permissions: Permission[] = ['crm.contact.read', 'crm.file.read', 'crm.file.create', 'crm.file.delete']
  const clerk = await colleague(owner, { permissions, scopes: { contact: { read: 'own', write: 'own' } } })
  const [hers, others] = [await contact(owner, { ownerId: clerk.userId }), await contact(owner)]
  await added(owner, { contactId: hers.id, name: 'hers' })
  const hidden = await added(owner, { contactId: others.id, name: 'others' })
  expect(await names(clerk)).toEqual(['hers'])
  expect([(await clerk.get(`/record-files/${hidden.id}/content`)).status, (await clerk.delete(`/record-files/${hidden.id}`)).status]).toEqual([404, 404])
  expect(await announce(clerk, { contactId: others.id })).toMatchObject({ status: 422, body: { code: 'crm.about.record_unknown' } })
  await owner.delete(`/contacts/${hers.id}`)
  expect(await names(clerk)).toEqual([])
})

it('answers the id of another organisation like one that never was, and needs the permissions', async () => {
  const [owner, stranger] = [await crm.signIn(), await crm.signIn()]
  const viewer = await colleague(owner, { role: 'viewer' })
  const ada = await contact(owner)
  const { id } = await added(owner, { contactId: ada.id })
  for (const path of [`/record-files/${id}`, `/record-files/${crypto.randomUUID()}`])
    for (const { status } of [
      await stranger.get(`${path}/content`),
      await stranger.put(`${path}/chunks`, { position: 0, bytes: 'YWJj' }),
      await stranger.delete(path),
    ])
      expect(status).toBe(404)
  expect((await viewer.get(`/record-files/${id}/content`)).status).toBe(200)
  expect((await announce(viewer, { contactId: ada.id })).status).toBe(403)
  expect((await viewer.delete(`/record-files/${id}`)).status).toBe(403)
})

it('is listed newest first, page by page', async () => {
  const agent = await crm.signIn()
  const ada = await contact(agent)
  for (const name of ['1', '2', '3']) await added(agent, { contactId: ada.id, name })
  const seen: string[] = []
  for (let cursor = ''; cursor !== 'end';) {
    const { body } = await agent.get(`/record-files?contactId=${ada.id}&limit=1${cursor && `&cursor=${cursor}`}`)
    seen.push(...body.items.map((file: { name: string }) => file.name))
    cursor = body.nextCursor ?? 'end'
  }
  expect(seen).toEqual(['3', '2', '1'])
})

it('lets go of the bytes of what was deleted, and of what never came as a whole, a month later', async () => {
  const agent = await crm.signIn()
  const ada = await contact(agent)
  const [kept, gone] = [await added(agent, { contactId: ada.id }), await added(agent, { contactId: ada.id })]
  const half = (await announce(agent, { contactId: ada.id, sizeBytes: CHUNK_BYTES + 1 })).body
  await put(agent, half.id, 1, Buffer.from('a'))
  await agent.delete(`/record-files/${gone.id}`)
  const chunks = async () =>
    (await crm.database.asAdmin(`select file_id from crm.file_chunk where organization_id = '${agent.organizationId}'`)).map((row) => row['file_id'])
  const relay = await crm.database.open('crm', 'relay')
  const execute = async (text: string, values: readonly unknown[]) => (await relay.batch(null, [{ text, values }]))[0]?.rowCount ?? 0
  await purgeOldRows({ execute }, FILE_RETENTION)
  expect((await chunks()).toSorted()).toEqual([kept.id, gone.id, half.id].toSorted())
  await crm.database.asAdmin("update crm.file_chunk set unneeded_since = unneeded_since - interval '31 days'")
  await purgeOldRows({ execute }, FILE_RETENTION)
  expect(await chunks()).toEqual([kept.id])
})

it('goes over with a merge, and back with its undoing, each told', async () => {
  const agent = await crm.signIn()
  const [ada, double] = [await contact(agent), await contact(agent, { name: 'A. Lovelace' })]
  const { id } = await added(agent, { contactId: double.id })
  const choice = { otherId: double.id, otherVersion: double.version, take: [] }
  const { body: merge } = await agent.post(`/contacts/${ada.id}/merge`, choice, { 'if-match': `"${ada.version}"` })
  await crm.settle()
  expect(await names(agent, `?contactId=${ada.id}`)).toEqual(['Offer.pdf'])
  expect((await agent.post(`/contact-merges/${merge.id}/undo`)).status).toBe(200)
  await crm.settle()
  expect(await names(agent, `?contactId=${double.id}`)).toEqual(['Offer.pdf'])
  const told = (await crm.emitted(fileUpdated, agent.organizationId)).map(({ aggregate, data }) => [
    aggregate.id,
    aggregate.version,
    data.changes.contactId?.to,
  ])
  expect(told).toEqual([
    [id, 2, ada.id],
    [id, 3, double.id],
  ])
})
