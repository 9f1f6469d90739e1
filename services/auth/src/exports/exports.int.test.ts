import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import {
  API_PREFIX,
  EXPORTING_SERVICES,
  INTERNAL_PREFIX,
  organizationExportEnded,
  organizationExportReady,
  organizationExportRequested,
} from '@ai-crm/contracts'
import { signServiceToken } from '@ai-crm/platform'
import { startService, systemMailsTo } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { Browser, newPerson } from '../testing/browser.ts'

// The other services do not run here: their parts come when the test brings them.
const auth = await startService(service)
const rows = (sql: string) => auth.database.asAdmin(sql)

async function signUp() {
  const browser = new Browser(auth.app)
  const person = newPerson({ organizationName: 'Taking Along' })
  const { body } = await browser.post('/auth/sign-up', person)
  const token = String(body.accessToken)
  const send = async (method: 'POST' | 'DELETE' | 'GET', path: string) => {
    const headers = { authorization: `Bearer ${token}`, ...(method === 'GET' ? {} : { 'idempotency-key': crypto.randomUUID() }) }
    const answer = await auth.app.inject({ method, url: API_PREFIX + path, headers })
    return { status: answer.statusCode, body: answer.json() }
  }
  return { browser, person, token, send, organizationId: String(body.me.organization.id), userId: String(body.me.user.id) }
}
type Owner = Awaited<ReturnType<typeof signUp>>
const request = ({ send }: Owner) => send('POST', '/organization/exports')
const list = async ({ send }: Owner) => (await send('GET', '/organization/exports')).body.items
const logged = async (owner: Owner) =>
  (await rows(`select kind from auth.security_event where organization_id = '${owner.organizationId}' and kind like 'export.%' order by sequence`)).map(
    ({ kind }) => kind,
  )

/** What a service brings: says `/begin` and `/batch` with a token of its own. */
function bringer(owner: Pick<Owner, 'organizationId'>, from: (typeof EXPORTING_SERVICES)[number]) {
  const call = async (path: string, body: object) => {
    const token = await signServiceToken((purpose) => auth.publicCtx().deriveKey(purpose), from, 'auth', owner.organizationId)
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await auth.app.inject({ method: 'POST', url: `${INTERNAL_PREFIX}/auth/exports/${path}`, headers, payload: JSON.stringify(body) })
    return { status: answer.statusCode, body: answer.json() }
  }
  return {
    begin: (exportId: string) => call('begin', { exportId }),
    bring: (exportId: string, run: number, text: string, { batch = 0, isLast = true } = {}) =>
      call('batch', {
        exportId,
        run,
        batch,
        isLast,
        rowCount: 1,
        chunks: [{ file: batch, number: 0, bytes: gzipSync(text).toString('base64') }],
        files: [
          {
            position: batch,
            name: `thing${batch}.jsonl`,
            rowCount: 1,
            sizeBytes: Buffer.byteLength(text),
            sha256: createHash('sha256').update(text).digest('hex'),
          },
        ],
      }),
  }
}

/** Every other service brings one small file; auth brings its own part. */
async function bringAll(owner: Owner, exportId: string) {
  for (const from of EXPORTING_SERVICES.filter((name) => name !== 'auth')) {
    const { begin, bring } = bringer(owner, from)
    const { body } = await begin(exportId)
    expect((await bring(exportId, body.run, `{"of":"${from}"}\n`)).body).toEqual({ isWanted: true })
  }
  await expect.poll(async () => (await list(owner))[0].state, { timeout: 30_000 }).toBe('ready')
}

async function ready() {
  const owner = await signUp()
  const { body } = await request(owner)
  await bringAll(owner, body.id)
  return { owner, exportId: String(body.id) }
}
const link = async (owner: Owner, exportId: string) => owner.send('POST', `/organization/exports/${exportId}/download`)
const download = (path: string) => auth.app.inject({ method: 'GET', url: path })
const chunks = async (exportId: string) => (await rows(`select count(*)::int from auth.export_chunk where export_id = '${exportId}'`))[0]?.['count']

it('asks every service, tells every owner at the beginning and at the end, and notes who did what', async () => {
  const { owner, exportId } = await ready()
  expect(await auth.emitted(organizationExportRequested, owner.organizationId)).toMatchObject([
    { actor: { type: 'user', id: owner.userId }, data: { exportId } },
  ])
  const [listed] = await list(owner)
  expect(listed).toMatchObject({ id: exportId, state: 'ready', requestedBy: { id: owner.userId, name: owner.person.name }, problem: null })
  expect(listed.parts.map(({ service: name, state }: { service: string; state: string }) => [name, state])).toEqual(
    EXPORTING_SERVICES.map((name) => [name, 'done']),
  )
  expect(Math.round((Date.parse(listed.expiresAt) - Date.now()) / 3_600_000)).toBe(168)
  const [event] = await auth.emitted(organizationExportReady, owner.organizationId)
  expect(event?.data).toEqual({ exportId, expiresAt: listed.expiresAt })
  const mails = (await systemMailsTo(auth, owner.person.email)).filter(({ template }) => template.startsWith('organization-export'))
  expect(mails.map(({ template }) => template)).toEqual(['organization-export-requested', 'organization-export-ready'])
  expect(mails.map(({ parameters }) => parameters)).toMatchObject([
    { requestedBy: owner.person.name, link: 'http://localhost:3000/settings/organization' },
    { deletesAt: listed.expiresAt, link: 'http://localhost:3000/settings/organization' },
  ])
  const { body } = await link(owner, exportId)
  expect((await download(body.path)).statusCode).toBe(200)
  expect(await logged(owner)).toEqual(['export.requested', 'export.ready', 'export.downloaded'])
})

it('is for owners who have just proven who they are', async () => {
  const { owner, exportId } = await ready()
  const admin = await auth.signIn({ role: 'admin', organizationId: owner.organizationId })
  for (const refused of [
    await admin.post('/organization/exports'),
    await admin.get('/organization/exports'),
    await admin.delete(`/organization/exports/${exportId}`),
  ])
    expect(refused).toMatchObject({ status: 403, body: { code: 'platform.permission_denied' } })
  expect((await admin.post(`/organization/exports/${exportId}/download`)).status).toBe(403)
  await rows(`update auth.session set authenticated_at = now() - interval '1 hour' where organization_id = '${owner.organizationId}'`)
  const { body } = await owner.browser.send('/auth/refresh')
  const headers = { authorization: `Bearer ${body.accessToken}`, 'idempotency-key': crypto.randomUUID() }
  for (const path of ['/organization/exports', `/organization/exports/${exportId}/download`]) {
    const answer = await auth.app.inject({ method: 'POST', url: API_PREFIX + path, headers })
    expect(answer.json()).toMatchObject({ status: 403, code: 'auth.step_up_needed' })
  }
})

it('runs one at a time, and repeats a request without a second one', async () => {
  const owner = await signUp()
  const headers = { authorization: `Bearer ${owner.token}`, 'idempotency-key': crypto.randomUUID() }
  const ask = () => auth.app.inject({ method: 'POST', url: `${API_PREFIX}/organization/exports`, headers })
  const [first, second] = [await ask(), await ask()]
  expect(second.json()).toEqual(first.json())
  expect(await request(owner)).toMatchObject({ status: 409, body: { code: 'auth.export.running' } })
  expect(await list(owner)).toHaveLength(1)
  const both = await signUp()
  expect((await Promise.all([request(both), request(both)])).map(({ status }) => status).toSorted()).toEqual([201, 409])
})

it('shows another organisation nothing', async () => {
  const { exportId } = await ready()
  const stranger = await signUp()
  expect(await list(stranger)).toEqual([])
  expect((await link(stranger, exportId)).status).toBe(404)
  expect((await stranger.send('DELETE', `/organization/exports/${exportId}`)).status).toBe(404)
  expect((await bringer(stranger, 'crm').begin(exportId)).body).toEqual({ run: null })
  expect((await bringer(stranger, 'crm').bring(exportId, 1, 'x')).body).toEqual({ isWanted: false })
})

it('sends an archive once per link, to whoever still is an owner with that session', async () => {
  const { owner, exportId } = await ready()
  const { status, body } = await link(owner, exportId)
  expect(status).toBe(201)
  const saved = await download(body.path)
  expect(saved.headers).toMatchObject({
    'content-type': 'application/gzip',
    'content-disposition': expect.stringMatching(/^attachment; filename="taking-along/),
  })
  expect(gunzipSync(saved.rawPayload).toString('latin1')).toContain('{"of":"crm"}')
  expect((await download(body.path)).json()).toMatchObject({ status: 404, code: 'auth.export.link_over' })

  const mine = `organization_id = '${owner.organizationId}'`
  const [demoted, ended] = [(await link(owner, exportId)).body.path, (await link(owner, exportId)).body.path]
  await rows(`update auth.membership set role = 'admin' where ${mine}`)
  expect((await download(demoted)).statusCode).toBe(404)
  await rows(`update auth.membership set role = 'owner' where ${mine}`)
  await rows(`update auth.session set revoked_at = now(), revoked_reason = 'sign-out' where ${mine}`)
  expect((await download(ended)).statusCode).toBe(404)
})

it('stops when an owner cancels it, and keeps nothing of what was brought', async () => {
  const owner = await signUp()
  const { body } = await request(owner)
  const { begin, bring } = bringer(owner, 'crm')
  const { run } = (await begin(body.id)).body
  expect((await bring(body.id, run, 'one', { isLast: false })).body).toEqual({ isWanted: true })
  expect((await link(owner, body.id)).body).toMatchObject({ status: 409, code: 'auth.export.not_ready' })
  expect((await owner.send('DELETE', `/organization/exports/${body.id}`)).body).toMatchObject({ state: 'cancelled' })
  expect((await bring(body.id, run, 'two', { batch: 1 })).body).toEqual({ isWanted: false })
  expect((await begin(body.id)).body).toEqual({ run: null })
  await auth.settle()
  expect(await chunks(body.id)).toBe(0)
  expect(await auth.emitted(organizationExportEnded, owner.organizationId)).toMatchObject([{ data: { exportId: body.id, state: 'cancelled' } }])
  expect(await logged(owner)).toEqual(['export.requested', 'export.cancelled'])
  // Once more changes nothing, and the next one can begin.
  expect((await owner.send('DELETE', `/organization/exports/${body.id}`)).body).toMatchObject({ state: 'cancelled' })
  expect((await request(owner)).status).toBe(201)
})

it('keeps each batch once, in order, of the newest run only', async () => {
  const owner = await signUp()
  const { body } = await request(owner)
  const { begin, bring } = bringer(owner, 'crm')
  expect((await begin(body.id)).body).toEqual({ run: 1 })
  await bring(body.id, 1, 'lost', { isLast: false })
  expect((await begin(body.id)).body).toEqual({ run: 2 })
  expect((await bring(body.id, 1, 'late', { batch: 1 })).body).toEqual({ isWanted: false })
  expect((await bring(body.id, 2, 'early', { batch: 1 })).status).toBe(404)
  for (let time = 0; time < 3; time++) expect((await bring(body.id, 2, 'kept')).body).toEqual({ isWanted: true })
  const part = (await list(owner))[0].parts.find(({ service: name }: { service: string }) => name === 'crm')
  expect(part).toEqual({ service: 'crm', state: 'done', rowCount: 1 })
  // A part that is done is not begun again.
  expect((await begin(body.id)).body).toEqual({ run: null })
  await auth.settle()
  const kept = await rows(`select run, count(*)::int from auth.export_chunk where export_id = '${body.id}' and service = 'crm' group by run`)
  expect(kept).toEqual([{ run: 2, count: 1 }])
})

it('gives up when a service dies over it again and again', async () => {
  const owner = await signUp()
  const { body } = await request(owner)
  for (let run = 1; run <= 10; run++) expect((await bringer(owner, 'ai').begin(body.id)).body).toEqual({ run })
  expect((await bringer(owner, 'ai').begin(body.id)).body).toEqual({ run: null })
  expect(await list(owner)).toMatchObject([{ state: 'failed', problem: 'ai' }])
})

it('gives up when a service is never done', async () => {
  const owner = await signUp()
  const { body } = await request(owner)
  await auth.settle()
  await rows(`update auth.job set run_at = now() where organization_id = '${owner.organizationId}' and name = 'auth.give-up-export'`)
  await auth.settle()
  expect(await list(owner)).toMatchObject([{ id: body.id, state: 'failed', problem: expect.stringMatching(/^(crm|messaging|ai|webhook|websocket)$/) }])
  expect(await logged(owner)).toEqual(['export.requested', 'export.failed'])
})

it('deletes the archive when its time is over, and refuses it before the job has come', async () => {
  const { owner, exportId } = await ready()
  const { body } = await link(owner, exportId)
  await rows(`update auth.organization_export set expires_at = now() where id = '${exportId}'`)
  expect((await download(body.path)).statusCode).toBe(404)
  expect((await link(owner, exportId)).status).toBe(409)
  await rows(`update auth.job set run_at = now() where organization_id = '${owner.organizationId}' and name = 'auth.expire-export'`)
  await auth.settle()
  expect(await list(owner)).toMatchObject([{ state: 'expired' }])
  expect(await chunks(exportId)).toBe(0)
})

it('deletes the archive when an owner says so', async () => {
  const { owner, exportId } = await ready()
  expect((await owner.send('DELETE', `/organization/exports/${exportId}`)).body).toMatchObject({ state: 'removed' })
  await auth.settle()
  expect(await chunks(exportId)).toBe(0)
  expect(await logged(owner)).toEqual(['export.requested', 'export.ready', 'export.removed'])
})

it('ends with the organisation: what runs is cancelled when erasing begins, and nothing can be asked for', async () => {
  const owner = await signUp()
  await request(owner)
  await owner.browser.call('POST', '/organization/deletion', owner.token, { name: 'Taking Along' })
  const mine = `organization_id = '${owner.organizationId}'`
  await rows(`update auth.organization set erases_at = now() where ${mine}`)
  await rows(`update auth.job set run_at = now() where ${mine} and name = 'auth.erase-when-due'`)
  await expect.poll(async () => (await rows(`select state from auth.organization_export where ${mine}`))[0]?.['state'], { timeout: 20_000 }).toBe('cancelled')
  const still = await auth.signIn({ role: 'owner', organizationId: owner.organizationId })
  expect(await still.post('/organization/exports')).toMatchObject({ status: 409, body: { code: 'auth.export.organization_erased' } })
})

it('lets nobody bring parts but services', async () => {
  const owner = await signUp()
  const { body } = await request(owner)
  for (const headers of [{}, { authorization: `Bearer ${owner.token}` }]) {
    const answer = await auth.app.inject({ method: 'POST', url: `${INTERNAL_PREFIX}/auth/exports/begin`, headers, payload: { exportId: body.id } })
    expect(answer.statusCode).toBe(401)
  }
})
