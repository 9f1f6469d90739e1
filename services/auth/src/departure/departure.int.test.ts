import { authSagaRequested, organizationDeletionCancelled, organizationDeletionScheduled } from '@ai-crm/contracts'
import { startService, systemMailsTo } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { Browser, newPerson } from '../testing/browser.ts'

const auth = await startService(service)
const rows = (sql: string) => auth.database.asAdmin(sql)

async function signUp() {
  const browser = new Browser(auth.app)
  const person = newPerson({ organizationName: 'Going Away' })
  const { body } = await browser.post('/auth/sign-up', person)
  return { browser, person, token: String(body.accessToken), organizationId: String(body.me.organization.id), userId: String(body.me.user.id) }
}
const ask = ({ browser, token }: Awaited<ReturnType<typeof signUp>>, name = 'Going Away') => browser.call('POST', '/organization/deletion', token, { name })

it('begins a grace period of 14 days, tells the owners, and shows it to everybody', async () => {
  const owner = await signUp()
  const answer = await ask(owner)
  expect(answer).toMatchObject({ status: 200, body: { deletion: { requestedBy: owner.userId } } })
  const days = (Date.parse(answer.body.deletion.erasesAt) - Date.now()) / 86_400_000
  expect(Math.round(days)).toBe(14)
  const mails = await systemMailsTo(auth, owner.person.email)
  expect(mails.at(-1)).toMatchObject({ template: 'organization-deletion-scheduled', parameters: { link: 'http://localhost:3000/settings/organization' } })
  expect(await auth.emitted(organizationDeletionScheduled, owner.organizationId)).toHaveLength(1)
  const viewer = await auth.signIn({ role: 'viewer', organizationId: owner.organizationId })
  expect((await viewer.get('/organization')).body.deletion).toEqual(answer.body.deletion)
  expect((await owner.browser.get('/auth/organizations', owner.token)).body.items[0].erasesAt).toBe(answer.body.deletion.erasesAt)

  // Once more changes nothing: neither the time nor the mails.
  expect((await ask(owner)).body.deletion).toEqual(answer.body.deletion)
  expect(await systemMailsTo(auth, owner.person.email)).toHaveLength(mails.length)
})

it('wants the name typed, exactly', async () => {
  const owner = await signUp()
  expect(await ask(owner, 'going away')).toMatchObject({ status: 422, body: { code: 'auth.organization.name_mismatch', errors: [{ field: '/name' }] } })
  expect((await owner.browser.get('/organization', owner.token)).body.deletion).toBeNull()
})

it('is for owners who have just proven who they are', async () => {
  const owner = await signUp()
  const admin = await auth.signIn({ role: 'admin', organizationId: owner.organizationId })
  expect(await admin.post('/organization/deletion', { name: 'Going Away' })).toMatchObject({ status: 403, body: { code: 'platform.permission_denied' } })
  expect((await admin.delete('/organization/deletion')).status).toBe(403)
  await rows(`update auth.session set authenticated_at = now() - interval '1 hour' where organization_id = '${owner.organizationId}'`)
  const { body } = await owner.browser.send('/auth/refresh')
  expect(await ask({ ...owner, token: body.accessToken })).toMatchObject({ status: 403, body: { code: 'auth.step_up_needed' } })
})

it('keeps the organisation when an owner says so, also after its time was planned', async () => {
  const owner = await signUp()
  await ask(owner)
  expect(await owner.browser.delete('/organization/deletion', owner.token)).toMatchObject({ status: 200, body: { deletion: null } })
  expect(await owner.browser.delete('/organization/deletion', owner.token)).toMatchObject({ status: 200, body: { deletion: null } })
  expect(await auth.emitted(organizationDeletionCancelled, owner.organizationId)).toHaveLength(1)
  await rows(`update auth.job set run_at = now() where organization_id = '${owner.organizationId}' and name = 'auth.erase-when-due'`)
  await auth.settle()
  expect((await owner.browser.get('/auth/me', owner.token)).status).toBe(200)
  expect(await rows(`select 1 from auth.erased_organization where organization_id = '${owner.organizationId}'`)).toEqual([])
})

it('lets nobody in from the moment at which erasing begins, and asks every service', async () => {
  const owner = await signUp()
  await ask(owner)
  await rows(`update auth.organization set erases_at = now() where organization_id = '${owner.organizationId}'`)
  await rows(`update auth.job set run_at = now() where organization_id = '${owner.organizationId}' and name = 'auth.erase-when-due'`)
  const asked = async () => (await auth.emitted(authSagaRequested, owner.organizationId)).map(({ data }) => data.step).filter((step) => step.endsWith('.erase'))
  await expect.poll(async () => new Set(await asked()).size, { timeout: 20_000 }).toBe(6)
  await expect.poll(async () => (await owner.browser.get('/auth/me', owner.token)).status, { timeout: 20_000 }).toBe(401)
  const signIn = await new Browser(auth.app).send('/auth/sign-in', { email: owner.person.email, password: owner.person.password })
  expect(signIn.status).not.toBe(200)
  // Too late to keep it.
  const still = await auth.signIn({ role: 'owner', organizationId: owner.organizationId })
  expect((await still.delete('/organization/deletion')).body.deletion).not.toBeNull()
})

it('touches no other organisation', async () => {
  const [ours, theirs] = [await signUp(), await signUp()]
  await ask(ours)
  expect((await theirs.browser.get('/organization', theirs.token)).body.deletion).toBeNull()
})
