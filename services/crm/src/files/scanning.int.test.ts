import { fileInfected, importInfected } from '@ai-crm/contracts'
import { RelayConnection, serviceDatabaseUrl, sweepJob } from '@ai-crm/platform'
import { startService, type Agent } from '@ai-crm/testing'
import { EICAR, startClamdServer } from '@ai-crm/testing/fakes/clamd-server'
import { silentLog } from '@ai-crm/testing/http'
import { afterAll, beforeEach, expect, it, onTestFinished } from 'vitest'
import { analysed } from '../imports/import-fixture.ts'
import service from '../service.ts'
import { recordFiles } from './export-files.ts'
import type { Ctx } from '../ctx.ts'

const clamd = await startClamdServer()
afterAll(() => clamd.close())
beforeEach(() => void (clamd.mood = 'well'))
const NEW = Buffer.from('nobody knows this yet')
const crm = await startService(service, { environment: { CLAMD_URL: clamd.url, SCAN_MAX_MB: '1', RESCAN_DAYS: '14' } })
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

const renewal = (agent: Agent) => `organization_id = '${agent.organizationId}' and name = 'crm.renew-scans'`
/** The hour is over. */
async function renew(agent: Agent) {
  await asAdmin(`update crm.job set run_at = now() where ${renewal(agent)}`)
  await crm.settle()
}
/** The scanner learns of something, for one test. */
async function whileKnown(work: () => Promise<void>) {
  clamd.signatures.set('New-Signature', NEW)
  clamd.database += 1
  await work().finally(() => clamd.signatures.delete('New-Signature'))
}

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
  expect(await crm.emitted(importInfected, agent.organizationId)).toMatchObject([{ data: { importId: infected.id, finding: 'Eicar-Test-Signature' } }])
  expect((await analysed(agent, 'Name,Email\nAda,ada@example.org\n')).state).toBe('mapping')
})

it('scans again what was clean once the signatures have changed, and gives out no more what it finds then', async () => {
  const agent = await crm.signIn()
  const [harmless, bad, old, deleted] = [await added(agent, Buffer.from('harmless')), await added(agent, NEW), await added(agent, NEW), await added(agent, NEW)]
  await crm.settle()
  expect((await content(agent, bad)).status).toBe(200)
  await agent.delete(`/record-files/${deleted}`)
  const tooOld = old.replace(/^.{13}/, '01900000-0000')
  // What refers to it follows by hand.
  await asAdmin(`set session_replication_role = replica; update crm.file set id = '${tooOld}' where id = '${old}';
    update crm.file_chunk set file_id = '${tooOld}' where file_id = '${old}'; set session_replication_role = origin`)
  await whileKnown(async () => {
    const before = clamd.scanned.length
    await renew(agent)
    expect(clamd.scanned.length - before).toBe(2)
    expect(await content(agent, bad)).toMatchObject({ status: 403, body: { code: 'platform.file_infected' } })
    expect(await scanOf(agent, bad)).toEqual({ state: 'infected', finding: 'New-Signature' })
    for (const id of [harmless, tooOld]) expect((await content(agent, id)).status).toBe(200)
    // With the same signatures nothing is scanned once more, and the walk goes on as long as there is something young.
    await renew(agent)
    expect(clamd.scanned.length - before).toBe(2)
    expect(await asAdmin(`select payload -> 'before' as before from crm.job where ${renewal(agent)}`)).toEqual([{ before: null }])
  })
  expect(await crm.emitted(fileInfected, agent.organizationId)).toMatchObject([
    { actor: { type: 'system' }, data: { fileId: bad, finding: 'New-Signature', addedById: agent.userId } },
  ])
})

it('goes on where it stopped when the scanner was away in between, and asks about nothing twice', async () => {
  const agent = await crm.signIn()
  for (let index = 0; index < 22; index++) await added(agent, Buffer.from(`harmless ${index}`))
  await crm.settle()
  await whileKnown(async () => {
    const before = clamd.scanned.length
    await asAdmin(`update crm.job set run_at = now() where ${renewal(agent)}`)
    await expect.poll(() => clamd.scanned.length - before).toBe(20)
    clamd.mood = 'away'
    const last = async () => (await asAdmin(`select payload ->> 'before' as before, attempts from crm.job where ${renewal(agent)}`))[0]
    await expect.poll(async () => (await last())?.['before']).toEqual(expect.any(String))
    await expect.poll(async () => Number((await last())?.['attempts'])).toBeGreaterThan(0)
    clamd.mood = 'well'
    await renew(agent)
    expect(clamd.scanned.length - before).toBe(22)
  })
})

it('looks again at what was too large, and does not shut what was clean because a limit was lowered', async () => {
  const agent = await crm.signIn()
  const [large, clean] = [await added(agent, Buffer.from('harmless')), await added(agent, Buffer.alloc(1024 * 1024 + 1, 'large '))]
  await crm.settle()
  await asAdmin(`update crm.file set scan_state = case id when '${large}' then 'unscannable' else 'clean' end where id in ('${large}', '${clean}')`)
  clamd.database += 1
  await renew(agent)
  expect([await scanOf(agent, large), await scanOf(agent, clean)]).toMatchObject([{ state: 'clean' }, { state: 'clean' }])
})

it('begins to look again by itself in every organisation with files that were scanned, once, and in no other', async () => {
  const [first, second, empty] = [await crm.signIn(), await crm.signIn(), await crm.signIn()]
  const files = new Map([[first, await added(first, NEW)] as const, [second, await added(second, NEW)] as const])
  await empty.post('/contacts', { name: 'Ada' })
  await crm.settle()
  // As they are whose files were scanned before verdicts were renewed, or while they were not.
  await asAdmin(`delete from crm.job where name = 'crm.renew-scans'`)
  const sweep = service.sweeps?.find(({ name }) => name === 'crm.renew-scans-everywhere')
  if (!sweep) throw new Error('There is no such sweep.')
  const scanned = { CLAMD_URL: 'tcp://127.0.0.1:3310', RESCAN_DAYS: 14 }
  const needed = [scanned, { ...scanned, CLAMD_URL: undefined }, { ...scanned, RESCAN_DAYS: 0 }].map((config) => sweep.isNeeded?.({ config }))
  expect(needed).toEqual([true, false, false])
  const { databaseUrl, cluster } = crm.database
  const connection = new RelayConnection({ service: 'crm', login: serviceDatabaseUrl(databaseUrl, 'crm', 'relay', cluster.masterSecret), log: silentLog })
  onTestFinished(() => connection.close())
  await new Promise<void>((resolve) => connection.onWake(resolve))
  await whileKnown(async () => {
    const sweepAll = () => sweepJob(sweep, connection).handle(crm.publicCtx() as never, undefined as never)
    await sweepAll()
    await crm.settle()
    for (const [agent, id] of files) expect((await scanOf(agent, id)).state).toBe('infected')
    expect(await asAdmin(`select from crm.job where ${renewal(empty)}`)).toEqual([])
    // Those that plan themselves are left alone.
    const clean = await added(second, Buffer.from('harmless'))
    await crm.settle()
    const planned = () => asAdmin(`select id, run_at from crm.job where ${renewal(second)} and status = 'waiting'`)
    const before = await planned()
    expect([before.length, await scanOf(second, clean)]).toMatchObject([1, { state: 'clean' }])
    await sweepAll()
    expect(await planned()).toEqual(before)
  })
})
