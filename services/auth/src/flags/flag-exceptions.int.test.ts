import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { Browser, newPerson } from '../testing/browser.ts'
import { founder, type Person } from '../testing/team.ts'

const OPERATOR = 'operator@example.org'
const auth = await startService(service, { environment: { OPERATOR_EMAILS: OPERATOR } })
const operator = new Browser(auth.app, '192.0.2.9')
const { accessToken: token } = (await operator.post('/auth/sign-up', newPerson({ email: OPERATOR }))).body

const pathOf = (organization: string, flag = 'outbound-sends') => `/installation/flags/${flag}/organizations/${organization}`
const look = async (organization: string, flag?: string) => operator.get(pathOf(organization, flag), token)
async function decide(organization: string, isOn: boolean | null, reason = 'They asked for it', version?: number) {
  return operator.call('PUT', pathOf(organization), token, { isOn, reason }, version ?? (await look(organization)).body.version)
}
const switchOwn = ({ browser, token: own }: Person, isOn: boolean | null) => browser.put('/flags/outbound-sends', { isOn }, own)
const flagOf = async (person: Person) =>
  (await person.browser.get('/flags', person.token)).body.items.find(({ key }: { key: string }) => key === 'outbound-sends')
const slugOf = async (person: Person) =>
  (await person.browser.get('/auth/me', person.token)).body.me?.organization.slug ?? (await person.browser.get('/organization', person.token)).body.slug

it('switches something off for one organisation only, which cannot switch it on again', async () => {
  const [one, other] = [await founder(auth), await founder(auth)]
  expect(await decide(one.organizationId, false, 'Their list is bought')).toMatchObject({
    status: 200,
    body: { organization: { id: one.organizationId }, isOn: false, because: 'operator', own: null, operator: false },
  })
  expect(await flagOf(one)).toEqual({ key: 'outbound-sends', isOn: false, because: 'operator', override: null })
  expect(await flagOf(other)).toMatchObject({ isOn: true, because: 'default' })
  await switchOwn(one, false)
  await switchOwn(one, null)
  expect(await flagOf(one)).toMatchObject({ isOn: false, because: 'operator' })
  expect(await decide(one.organizationId, null)).toMatchObject({ body: { isOn: true, because: 'default', operator: null } })
  expect(await flagOf(one)).toMatchObject({ isOn: true })
})

it('does not switch on again what the organisation switched off for itself', async () => {
  const owner = await founder(auth)
  await switchOwn(owner, false)
  expect(await decide(owner.organizationId, true)).toMatchObject({ body: { isOn: false, because: 'organization', own: false, operator: true } })
  await switchOwn(owner, null)
  expect(await flagOf(owner)).toMatchObject({ isOn: true, because: 'operator' })
})

it('tells other processes what counts', async () => {
  const owner = await founder(auth)
  const isOn = async () => {
    const [row] = await auth.database.asAdmin(`select version from auth.flag_version`)
    const { getFlagSnapshot } = await import('./get-flag-snapshot.ts')
    const snapshot = await getFlagSnapshot(auth.publicCtx(), Number(row?.['version']) - 1)
    return snapshot?.overrides.find(({ organizationId }) => organizationId === owner.organizationId)?.isOn
  }
  await decide(owner.organizationId, false)
  expect(await isOn()).toBe(false)
  await decide(owner.organizationId, true)
  expect(await isOn()).toBe(true)
  await switchOwn(owner, false)
  expect(await isOn()).toBe(false)
})

it('finds an organisation by its mail name, lists where the operator decided, and keeps who, when and why', async () => {
  const owner = await founder(auth)
  const slug = await slugOf(owner)
  await decide(slug, false, 'A complaint of a receiver')
  expect((await look(slug.toUpperCase())).body).toMatchObject({ organization: { id: owner.organizationId, slug }, operator: false })
  const listed: string[] = []
  for (let cursor = ''; ;) {
    const { body } = await operator.get(`/installation/flags/outbound-sends/organizations?limit=1${cursor && `&cursor=${cursor}`}`, token)
    listed.push(...body.items.map(({ organization }: { organization: { id: string } }) => organization.id))
    if (body.nextCursor === null) break
    cursor = body.nextCursor
  }
  expect(listed.filter((id) => id === owner.organizationId)).toHaveLength(1)
  const [latest] = (await operator.get('/installation/flag-changes?limit=1', token)).body.items
  expect(latest).toMatchObject({
    flag: 'outbound-sends',
    changedBy: { email: OPERATOR },
    organization: { id: owner.organizationId, slug, from: null, to: false },
    from: { isKilled: false },
    to: { isKilled: false },
    reason: 'A complaint of a receiver',
  })
  const [flag] = (await operator.get('/installation/flags', token)).body.items.filter(({ key }: { key: string }) => key === 'outbound-sends')
  expect(flag.exceptions.off).toBeGreaterThan(0)
  expect((await operator.get('/installation/flags/webhooks/organizations', token)).body.items).toEqual([])
})

it('lets one of two operators win who have seen the same, and wants a reason', async () => {
  const { organizationId } = await founder(auth)
  const answers = await Promise.all([decide(organizationId, false, 'One', 0), decide(organizationId, true, 'Other', 0)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(await decide(organizationId, null, ' ')).toMatchObject({ status: 400, body: { errors: [{ field: '/reason' }] } })
})

it('knows no exception from what is asked before an organisation is known, nor of an organisation that there is not', async () => {
  const { organizationId } = await founder(auth)
  expect(await look(organizationId, 'sign-up')).toMatchObject({ status: 400, body: { code: 'auth.flag.no_exception' } })
  expect((await look(organizationId, 'campaigns')).status).toBe(404)
  for (const nobody of [crypto.randomUUID(), 'no-such-name', "x' or true --"]) {
    expect((await look(encodeURIComponent(nobody))).status).toBe(404)
    expect((await decide(encodeURIComponent(nobody), false, 'x', 0)).status).toBe(404)
  }
})

it('is for operators who have just proven who they are: an owner hears that there is no such thing, also of their own', async () => {
  const owner = await founder(auth)
  const path = pathOf(owner.organizationId)
  for (const url of [path, '/installation/flags/outbound-sends/organizations']) expect((await owner.browser.get(url, owner.token)).status).toBe(404)
  expect((await owner.browser.call('PUT', path, owner.token, { isOn: true, reason: 'Mine' }, 0)).status).toBe(404)
  await auth.database.asAdmin(`update auth.session set authenticated_at = now() - interval '11 minutes'`)
  const stale = String((await operator.post('/auth/refresh')).body.accessToken)
  expect(await operator.call('PUT', path, stale, { isOn: false, reason: 'x' }, 0)).toMatchObject({ status: 403, body: { code: 'auth.step_up_needed' } })
  expect((await look(owner.organizationId)).body).toMatchObject({ operator: null, version: 0 })
})
