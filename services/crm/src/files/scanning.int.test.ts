import { startService, type Agent } from '@ai-crm/testing'
import { EICAR, startClamdServer } from '@ai-crm/testing/fakes/clamd-server'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { analysed } from '../imports/import-fixture.ts'
import service from '../service.ts'
import { recordFiles } from './export-files.ts'
import type { Ctx } from '../ctx.ts'

const clamd = await startClamdServer()
afterAll(() => clamd.close())
beforeEach(() => void (clamd.mood = 'well'))
const crm = await startService(service, { environment: { CLAMD_URL: clamd.url, SCAN_MAX_MB: '1' } })
const { asAdmin } = crm.database

async function added(agent: Agent, bytes: Buffer, name = 'Offer.pdf') {
  const { id: contactId } = (await agent.post('/contacts', { name: 'Ada' })).body
  const { id } = (await agent.post('/record-files', { name, contentType: 'application/pdf', sizeBytes: bytes.length, contactId })).body
  for (let position = 0; position * 524_288 < bytes.length; position++)
    await agent.put(`/record-files/${id}/chunks`, { position, bytes: bytes.subarray(position * 524_288, (position + 1) * 524_288).toString('base64') })
  return id as string
}
const scanOf = async (agent: Agent, fileId: string) => (await agent.get('/record-files')).body.items.find(({ id }: { id: string }) => id === fileId).scan
const content = (agent: Agent, fileId: string) => agent.get(`/record-files/${fileId}/content`)

it('gives a file out once the scanner found it clean', async () => {
  const agent = await crm.signIn()
  const id = await added(agent, Buffer.from('harmless'))
  await crm.settle()
  expect(await scanOf(agent, id)).toEqual({ state: 'clean', finding: null })
  expect((await content(agent, id)).raw.toString()).toBe('harmless')
})

it('keeps an infected file, says what was found, and gives it to nobody, in an archive neither', async () => {
  const agent = await crm.signIn()
  const [clean, infected] = [await added(agent, Buffer.from('harmless')), await added(agent, EICAR)]
  await crm.settle()
  expect(await scanOf(agent, infected)).toEqual({ state: 'infected', finding: 'Eicar-Test-Signature' })
  expect(await content(agent, infected)).toMatchObject({ status: 403, body: { code: 'platform.file_infected' } })
  expect((await asAdmin(`select from crm.file_chunk where file_id = '${infected}'`)).length).toBe(1)
  const archived: string[] = []
  for await (const { name } of recordFiles((crm.ctx(agent.organizationId) as Ctx).db)) archived.push(name)
  expect(archived).toEqual([`file/${clean}.pdf`])
})

it('lets a file wait while the scanner is away or broken, and asks until it answers', async () => {
  const agent = await crm.signIn()
  for (const mood of ['away', 'broken'] as const) {
    clamd.mood = mood
    const id = await added(agent, EICAR)
    const job = `name = 'crm.scan-file' and payload ->> 'fileId' = '${id}'`
    await expect.poll(async () => (await asAdmin(`select attempts from crm.job where ${job}`))[0]?.['attempts']).toBeGreaterThan(0)
    expect(await scanOf(agent, id)).toEqual({ state: 'waiting', finding: null })
    expect(await content(agent, id)).toMatchObject({ status: 409, body: { code: 'platform.file_not_scanned' }, headers: { 'retry-after': '10' } })
    clamd.mood = 'well'
    await asAdmin(`update crm.job set run_at = now() where ${job} and status = 'waiting'`)
    await expect.poll(async () => (await scanOf(agent, id)).state, { timeout: 15_000 }).toBe('infected')
  }
})

it('gives out nothing that is too large for the scanner', async () => {
  const agent = await crm.signIn()
  const before = clamd.scanned.length
  const id = await added(agent, Buffer.alloc(1024 * 1024 + 1, 'large '))
  await crm.settle()
  expect(await scanOf(agent, id)).toEqual({ state: 'unscannable', finding: null })
  expect(await content(agent, id)).toMatchObject({ status: 403, body: { code: 'platform.file_unscannable' } })
  expect(clamd.scanned.length).toBe(before)
})

it('asks about a file from before there was a scanner when somebody wants it', async () => {
  const agent = await crm.signIn()
  const id = await added(agent, EICAR)
  await crm.settle()
  await asAdmin(`update crm.file set scan_state = null, scan_finding = null where id = '${id}'`)
  expect((await content(agent, id)).status).toBe(409)
  await crm.settle()
  expect((await content(agent, id)).status).toBe(403)
})

it('reads no file to be imported before it was found clean', async () => {
  const agent = await crm.signIn()
  const infected = await analysed(agent, Buffer.concat([Buffer.from('Name,Email\nAda,ada@example.org\n'), EICAR]))
  expect(infected).toMatchObject({ state: 'refused', problem: { code: 'crm.import.infected' } })
  expect((await analysed(agent, 'Name,Email\nAda,ada@example.org\n')).state).toBe('mapping')
})
