import { flagSwitched } from '@ai-crm/contracts'
import { signServiceToken } from '@ai-crm/platform'
import { startService, systemMailsTo } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { Browser, newPerson } from '../testing/browser.ts'
import { colleague, founder, type Person } from '../testing/team.ts'

const OPERATOR = 'operator@example.org'
const auth = await startService(service, { environment: { OPERATOR_EMAILS: ` ${OPERATOR.toUpperCase()}, other@example.org` } })

/** Signed up like everybody else; the configuration names the address. */
const operator = await (async (): Promise<Person> => {
  const browser = new Browser(auth.app, '192.0.2.9')
  const person = newPerson({ email: OPERATOR })
  const { body } = await browser.post('/auth/sign-up', person)
  const { email, password } = person
  return { browser, userId: body.me.user.id, email, password, organizationId: body.me.organization.id, token: body.accessToken }
})()

const flagsOf = async ({ browser, token }: Person) => (await browser.get('/flags', token)).body
const flagOf = async (person: Person, key: string) => (await flagsOf(person)).items.find((flag: { key: string }) => flag.key === key)
const switchFor = ({ browser, token }: Person, flag: string, isOn: boolean | null) => browser.put(`/flags/${flag}`, { isOn }, token)
const installed = async (key: string) =>
  (await operator.browser.get('/installation/flags', operator.token)).body.items.find((flag: { key: string }) => flag.key === key)

async function decide(flag: string, decision: object, version?: number) {
  const body = { isKilled: false, percentage: null, reason: 'A test', ...decision }
  return operator.browser.call('PUT', `/installation/flags/${flag}`, operator.token, body, version ?? (await installed(flag)).version)
}

it('shows a member what is on, and by whose decision', async () => {
  const owner = await founder(auth)
  expect(await flagsOf(owner)).toEqual({
    isOperator: false,
    items: ['ai-drafts', 'outbound-sends', 'sign-up', 'webhooks'].map((key) => ({ key, isOn: true, because: 'default', override: null })),
  })
  expect(await flagsOf(operator)).toMatchObject({ isOperator: true })
})

it('lets an administrator switch something off for their organisation only, and writes it down', async () => {
  const [owner, other] = [await founder(auth), await founder(auth)]
  expect(await switchFor(owner, 'outbound-sends', false)).toMatchObject({ status: 200, body: { isOn: false, because: 'organization', override: false } })
  expect(await flagOf(owner, 'outbound-sends')).toMatchObject({ isOn: false })
  expect(await flagOf(other, 'outbound-sends')).toMatchObject({ isOn: true, because: 'default' })
  // Said again, it changes nothing and is not written down again.
  await switchFor(owner, 'outbound-sends', false)
  expect(await switchFor(owner, 'outbound-sends', null)).toMatchObject({ status: 200, body: { isOn: true, because: 'default', override: null } })
  const log = (await owner.browser.get('/security-log?thing=flag', owner.token)).body.items
  expect(log).toMatchObject([
    { kind: 'flag.changed', about: { type: 'flag', id: 'outbound-sends' }, actor: { id: owner.userId }, details: { from: false, to: null } },
    { kind: 'flag.changed', details: { flag: 'outbound-sends', from: null, to: false } },
  ])
  expect((await auth.emitted(flagSwitched, owner.organizationId)).map(({ data }) => data.isOn)).toEqual([false, null])
})

it('takes from an organisation no more than the flag lets it decide', async () => {
  const owner = await founder(auth)
  expect(await switchFor(owner, 'ai-drafts', true)).toMatchObject({ status: 400, body: { code: 'auth.flag.only_off', errors: [{ field: '/isOn' }] } })
  expect(await switchFor(owner, 'sign-up', false)).toMatchObject({ status: 403, body: { code: 'auth.flag.operators_only' } })
  expect((await switchFor(owner, 'campaigns', false)).status).toBe(404)
  expect((await flagsOf(owner)).items.every(({ isOn }: { isOn: boolean }) => isOn)).toBe(true)
})

it('lets members look and administrators decide', async () => {
  const owner = await founder(auth)
  const [admin, member] = [await colleague(auth, owner, 'admin'), await colleague(auth, owner, 'member')]
  expect((await flagsOf(member)).items).toHaveLength(4)
  expect(await switchFor(member, 'webhooks', false)).toMatchObject({ status: 403, body: { code: 'platform.permission_denied' } })
  expect(await switchFor(admin, 'webhooks', false)).toMatchObject({ status: 200 })
})

it('asks for a fresh proof before a change, of administrators and operators', async () => {
  const owner = await founder(auth)
  for (const person of [owner, operator])
    await auth.database.asAdmin(`update auth.session set authenticated_at = now() - interval '11 minutes' where user_id = '${person.userId}'`)
  const stale = async ({ browser }: Person) => String((await browser.post('/auth/refresh')).body.accessToken)
  expect(await switchFor({ ...owner, token: await stale(owner) }, 'webhooks', false)).toMatchObject({ status: 403, body: { code: 'auth.step_up_needed' } })
  const refused = await operator.browser.call(
    'PUT',
    '/installation/flags/webhooks',
    await stale(operator),
    { isKilled: true, percentage: null, reason: 'x' },
    0,
  )
  expect(refused).toMatchObject({ status: 403, body: { code: 'auth.step_up_needed' } })
  await auth.database.asAdmin(`update auth.session set authenticated_at = now() where user_id = '${operator.userId}'`)
})

it('shows the installation to nobody but its operators: an owner hears that there is no such thing', async () => {
  const owner = await founder(auth)
  const nothing = (await owner.browser.get('/installation/nothing', owner.token)).status
  expect(nothing).toBe(404)
  for (const path of ['/installation/flags', '/installation/flag-changes']) expect((await owner.browser.get(path, owner.token)).status).toBe(404)
  const kill = { isKilled: true, percentage: null, reason: 'Mine now' }
  expect((await owner.browser.call('PUT', '/installation/flags/webhooks', owner.token, kill, 0)).status).toBe(404)
  expect(await installed('webhooks')).toMatchObject({ isKilled: false, version: 0 })
})

it('does not believe an identity provider of an organisation who the operator is', async () => {
  const bySso = await auth.signIn({ userId: operator.userId, organizationId: operator.organizationId, factors: ['sso'] })
  expect((await bySso.get('/installation/flags')).status).toBe(404)
  expect((await bySso.get('/flags')).body.isOperator).toBe(false)
  const byPassword = await auth.signIn({ userId: operator.userId, organizationId: operator.organizationId, factors: ['password', 'totp'] })
  expect((await byPassword.get('/installation/flags')).status).toBe(200)
})

it('lets an operator kill something for everybody, over what organisations decided, and tells why for ever', async () => {
  const owner = await founder(auth)
  expect(await decide('webhooks', { isKilled: true, reason: 'A receiver floods us' })).toMatchObject({ status: 200, body: { isKilled: true, version: 1 } })
  expect(await flagOf(owner, 'webhooks')).toMatchObject({ isOn: false, because: 'kill' })
  expect(await decide('webhooks', { percentage: 100 })).toMatchObject({ status: 200, body: { isKilled: false, percentage: 100, version: 2 } })
  expect(await flagOf(owner, 'webhooks')).toMatchObject({ isOn: true, because: 'percentage' })
  const { body } = await operator.browser.get('/installation/flag-changes?limit=2', operator.token)
  expect(body.items).toMatchObject([
    { flag: 'webhooks', from: { isKilled: true }, to: { isKilled: false, percentage: 100 }, reason: 'A test' },
    {
      flag: 'webhooks',
      changedBy: { id: operator.userId, email: OPERATOR },
      from: { isKilled: false },
      to: { isKilled: true },
      reason: 'A receiver floods us',
    },
  ])
  const older = await operator.browser.get(
    `/installation/flag-changes?limit=1&cursor=${(await operator.browser.get('/installation/flag-changes?limit=1', operator.token)).body.nextCursor}`,
    operator.token,
  )
  expect(older.body.items[0].reason).toBe('A receiver floods us')
  await decide('webhooks', {})
})

it('keeps the log of the installation as it was written', async () => {
  await decide('ai-drafts', { isKilled: true })
  await decide('ai-drafts', {})
  const asApp = (sql: string) => auth.database.asAdmin(`set local role auth_app; ${sql}`)
  for (const sql of ["update auth.flag_change set reason = 'nothing'", 'delete from auth.flag_change', 'truncate auth.flag_change'])
    await expect(asApp(sql)).rejects.toThrow(/permission denied/)
  // Not even whoever owns the table.
  await expect(auth.database.asAdmin('delete from auth.flag_change')).rejects.toThrow()
})

it('lets one of two operators win who have seen the same', async () => {
  const { version } = await installed('outbound-sends')
  const answers = await Promise.all([decide('outbound-sends', { isKilled: true }, version), decide('outbound-sends', { percentage: 50 }, version)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  await decide('outbound-sends', {})
})

it('knows no share of what is asked before an organisation is known, and refuses what makes no sense', async () => {
  expect(await decide('sign-up', { percentage: 50 })).toMatchObject({ status: 400, body: { errors: [{ field: '/percentage' }] } })
  expect(await decide('webhooks', { percentage: 101 })).toMatchObject({ status: 400 })
  expect(await decide('webhooks', { reason: ' ' })).toMatchObject({ status: 400, body: { errors: [{ field: '/reason' }] } })
  expect(
    (await operator.browser.call('PUT', '/installation/flags/campaigns', operator.token, { isKilled: true, percentage: null, reason: 'x' }, 0)).status,
  ).toBe(404)
})

/** As another process asks: `as` an unknown one, where it has no token of a service. */
async function snapshot(after: number, token?: string) {
  const deriveKey = (purpose: string) => auth.publicCtx().deriveKey(purpose)
  const bearer = token ?? (await signServiceToken(deriveKey, 'messaging', 'auth', null))
  const answer = await auth.app.inject({
    method: 'POST',
    url: '/internal/v1/auth/flags/snapshot',
    headers: { authorization: `Bearer ${bearer}` },
    payload: { after },
  })
  return { status: answer.statusCode, snapshot: answer.json().snapshot }
}

it('tells other processes what changed, in a few bytes when nothing did, and everything to who knows of no version', async () => {
  const [one, two] = [await founder(auth), await founder(auth)]
  await switchFor(one, 'webhooks', false)
  const { snapshot: first } = await snapshot(0)
  expect(first).toMatchObject({ isWhole: true, hasMore: false })
  expect(first.overrides).toContainEqual({ organizationId: one.organizationId, flag: 'webhooks', isOn: false })
  expect(await snapshot(first.version)).toEqual({ status: 200, snapshot: null })
  await switchFor(two, 'ai-drafts', false)
  await switchFor(one, 'webhooks', null)
  const { snapshot: next } = await snapshot(first.version)
  expect(next).toMatchObject({ version: first.version + 2, isWhole: false })
  expect(next.overrides).toEqual([
    { organizationId: two.organizationId, flag: 'ai-drafts', isOn: false },
    { organizationId: one.organizationId, flag: 'webhooks', isOn: null },
  ])
  // From a database that was restored from before: everything, whatever they think they know.
  expect((await snapshot(next.version + 1_000)).snapshot).toMatchObject({ isWhole: true, version: next.version })
})

it('tells services only', async () => {
  expect((await snapshot(0, operator.token)).status).toBe(401)
})

it('closes the door to strangers and says so, while invitations and links of before keep', async () => {
  const owner = await founder(auth)
  const early = new Browser(auth.app, '192.0.2.40')
  const person = newPerson()
  expect((await early.send('/auth/sign-up', person)).status).toBe(202)
  const [mail] = await systemMailsTo(auth, person.email)
  await decide('sign-up', { isKilled: true, reason: 'Robots' })
  const state = async () => (await owner.browser.get('/auth/sign-up', '')).body
  await expect.poll(state).toEqual({ isOpen: false })
  const closed = { status: 403, body: { code: 'auth.sign_up.closed' } }
  expect(await new Browser(auth.app).send('/auth/sign-up', newPerson())).toMatchObject(closed)
  expect(await new Browser(auth.app).send('/auth/sign-up', newPerson({ email: owner.email }))).toMatchObject(closed)
  expect(await early.send('/auth/sign-up/resend', { email: person.email })).toMatchObject(closed)
  expect(await early.send('/auth/sign-up/confirm', { token: mail?.token })).toMatchObject(closed)
  const guest = newPerson()
  await owner.browser.call('POST', '/invitations', owner.token, { email: guest.email, role: 'member', locale: 'en' })
  const invitation = (await systemMailsTo(auth, guest.email)).at(-1)
  const { name, password } = guest
  const joined = await new Browser(auth.app).send('/auth/invitations/accept', { token: invitation?.token, newPerson: { name, password, locale: 'en' } })
  expect(joined).toMatchObject({ status: 200, body: { signedIn: { me: { organization: { id: owner.organizationId } } } } })

  await decide('sign-up', {})
  await expect.poll(state).toEqual({ isOpen: true })
  expect((await early.send('/auth/sign-up/confirm', { token: mail?.token })).status).toBe(201)
})
