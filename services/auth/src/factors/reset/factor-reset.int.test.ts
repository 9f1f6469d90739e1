import { factorRemoved } from '@ai-crm/contracts'
import { startService, systemMailsTo } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import type { PublicCtx } from '../../ctx.ts'
import service from '../../service.ts'
import { Browser, newPerson } from '../../testing/browser.ts'
import { protectedPerson, type ProtectedPerson } from '../../testing/second-factor-fixture.ts'
import { colleague, founder, type Person } from '../../testing/team.ts'
import { resetDue } from './reset-due.ts'

const OPERATOR = 'operator@example.org'
const auth = await startService(service, { environment: { OPERATOR_EMAILS: OPERATOR } })

/** Somebody with an authenticator app who works in the organisation of `owner` and nowhere else. */
async function protectedMember(owner: Person, role = 'member'): Promise<ProtectedPerson> {
  const person = await protectedPerson(auth)
  await auth.database.asAdmin(`insert into auth.membership (organization_id, user_id, role) values ('${owner.organizationId}', '${person.userId}', '${role}')`)
  await auth.database.asAdmin(`delete from auth.membership where user_id = '${person.userId}' and organization_id = '${person.organizationId}'`)
  await auth.database.asAdmin(`update auth.totp_credential set last_used_step = 0 where user_id = '${person.userId}'`)
  return person
}

const ask = ({ browser, token }: Person, userId: string) => browser.call('POST', `/members/${userId}/factor-reset`, token)
const withdraw = ({ browser, token }: Person, userId: string) => browser.delete(`/members/${userId}/factor-reset`, token)
const memberOf = async ({ browser, token }: Person, userId: string) =>
  (await browser.get('/members', token)).body.items.find((member: { userId: string }) => member.userId === userId)
const mailTo = async ({ email }: { email: string }) => (await systemMailsTo(auth, email)).at(-1)
const logOf = async ({ browser, token }: Pick<Person, 'browser' | 'token'>) =>
  (await browser.get('/security-log?thing=factor', token)).body.items.map(({ kind, details }: { kind: string; details: object }) => [kind, details])

const operatorBrowser = new Browser(auth.app)
const { body: operator } = await operatorBrowser.post('/auth/sign-up', newPerson({ email: OPERATOR }))
const beginAsOperator = (email: string, token: string = operator.accessToken) => operatorBrowser.call('POST', '/installation/factor-resets', token, { email })

/** As if the day were over. */
async function whenDue(userId: string): Promise<void> {
  await auth.database.asAdmin(`update auth.factor_reset set due_at = now() - interval '1 second' where user_id = '${userId}'`)
  // The service's own context, typed as the test service cannot know it.
  await resetDue(auth.publicCtx() as PublicCtx)
}
const asksForFactor = async (person: ProtectedPerson) => (await person.givePassword(new Browser(auth.app))).body.status

it('takes the factors away after a day in which the person is told, ends their sessions, and lets the password in', async () => {
  const owner = await founder(auth)
  const lost = await protectedMember(owner)
  const { body } = await ask(owner, lost.userId)
  const inHours = (Date.parse(body.factorsResetAt) - Date.now()) / 3_600_000
  expect(inHours).toBeGreaterThan(23.9)
  expect(inHours).toBeLessThan(24.1)
  expect(await mailTo(lost)).toMatchObject({ template: 'factor-reset-scheduled' })
  // Said again it is the same one, and nobody is told twice.
  expect((await ask(owner, lost.userId)).body.factorsResetAt).toBe(body.factorsResetAt)
  expect((await systemMailsTo(auth, lost.email)).filter(({ template }) => template === 'factor-reset-scheduled')).toHaveLength(1)
  await resetDue(auth.publicCtx() as PublicCtx)
  expect(await asksForFactor(lost)).toBe('second-factor-needed')

  await whenDue(lost.userId)
  expect(await asksForFactor(lost)).toBe('signed-in')
  expect((await lost.home.post('/auth/refresh')).status).toBe(401)
  expect(await mailTo(lost)).toMatchObject({ template: 'factors-reset' })
  expect(await auth.emitted(factorRemoved, owner.organizationId)).toMatchObject([{ data: { userId: lost.userId, factor: 'totp' } }])
  expect(await logOf(owner)).toEqual([
    ['factor.reset', { requestedById: owner.userId }],
    ['factor.reset-requested', { resetsAt: body.factorsResetAt }],
  ])
  expect(await memberOf(owner, lost.userId)).toMatchObject({ factorsResetAt: null })
  expect(await auth.database.asAdmin(`select from auth.recovery_code where user_id = '${lost.userId}'`)).toEqual([])
})

it('lets the person refuse by the link of the mail, once', async () => {
  const owner = await founder(auth)
  const person = await protectedMember(owner)
  await ask(owner, person.userId)
  const token = (await mailTo(person))?.token
  const anywhere = new Browser(auth.app)
  expect((await anywhere.post('/auth/factors/keep', { token })).status).toBe(204)
  expect(await anywhere.post('/auth/factors/keep', { token })).toMatchObject({ status: 410, body: { code: 'auth.link.over' } })
  await whenDue(person.userId)
  expect(await asksForFactor(person)).toBe('second-factor-needed')
  expect((await logOf(owner))[0]).toEqual(['factor.reset-withdrawn', { reason: 'refused' }])
})

it('takes nothing from whoever uses a factor meanwhile or adds one, and nothing when an administrator stops it', async () => {
  const owner = await founder(auth)
  const [using, adding, stopped] = [await protectedMember(owner), await protectedMember(owner), await protectedMember(owner)]
  for (const { userId } of [using, adding, stopped]) await ask(owner, userId)
  await auth.database.asAdmin(`insert into auth.passkey (user_id, credential_id, relying_party, public_key, sign_count, transports, is_synced, name)
    values ('${adding.userId}', '\\x01', 'localhost', '\\x02', 0, '{}', false, 'Key')`)
  const browser = new Browser(auth.app)
  const { challenge } = (await using.givePassword(browser)).body
  const [code] = using.recoveryCodes
  expect((await browser.post('/auth/sign-in/second-factor', { challenge, proof: { method: 'recovery-code', code } })).status).toBe(200)
  for (let time = 0; time < 2; time++) expect((await withdraw(owner, stopped.userId)).status).toBe(204)
  for (const person of [using, adding, stopped]) {
    await whenDue(person.userId)
    expect(await asksForFactor(person)).toBe('second-factor-needed')
  }
  expect(await logOf(owner)).toContainEqual(['factor.reset-withdrawn', { reason: 'used' }])
})

it('goes on to the next person where one fails, who is tried again', async () => {
  const owner = await founder(auth)
  const [failing, lost] = [await protectedMember(owner), await protectedMember(owner)]
  for (const { userId } of [failing, lost]) await ask(owner, userId)
  await auth.database.asAdmin(`create function auth.fail() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
    create trigger fail before delete on auth.factor_reset for each row when (old.user_id = '${failing.userId}') execute function auth.fail();
    update auth.factor_reset set due_at = now() - interval '1 hour' where user_id = '${failing.userId}'`)
  await whenDue(lost.userId)
  expect(await asksForFactor(lost)).toBe('signed-in')
  await auth.database.asAdmin('drop trigger fail on auth.factor_reset')
  await whenDue(failing.userId)
  expect(await asksForFactor(failing)).toBe('signed-in')
})

it('decides for nobody who belongs to another organisation too, nor who joins one meanwhile', async () => {
  const owner = await founder(auth)
  const elsewhere = await founder(auth)
  const join = (userId: string) =>
    auth.database.asAdmin(`insert into auth.membership (organization_id, user_id, role) values ('${elsewhere.organizationId}', '${userId}', 'member')`)
  const [both, joining] = [await protectedMember(owner), await protectedMember(owner)]
  await join(both.userId)
  expect(await ask(owner, both.userId)).toMatchObject({ status: 409, body: { code: 'auth.factor_reset.elsewhere' } })
  await ask(owner, joining.userId)
  await join(joining.userId)
  await whenDue(joining.userId)
  expect(await asksForFactor(joining)).toBe('second-factor-needed')
})

it('begins anew where another organisation asked for it, or the operator, with a mail and a day of its own', async () => {
  const [before, owner] = [await founder(auth), await founder(auth)]
  const lost = await protectedMember(before)
  await ask(before, lost.userId)
  const first = await mailTo(lost)
  await auth.database.asAdmin(`insert into auth.membership (organization_id, user_id, role) values ('${owner.organizationId}', '${lost.userId}', 'member')`)
  await auth.database.asAdmin(
    `update auth.membership set disabled_at = now() where user_id = '${lost.userId}' and organization_id = '${before.organizationId}'`,
  )
  expect(await ask(before, lost.userId)).toMatchObject({ status: 409, body: { code: 'auth.factor_reset.elsewhere' } })
  expect((await ask(owner, lost.userId)).body).toMatchObject({ factorsResetAt: expect.any(String) })
  const second = await mailTo(lost)
  expect((await beginAsOperator(lost.email)).status).toBe(200)
  const third = await mailTo(lost)
  expect(new Set([first?.token, second?.token, third?.token]).size).toBe(3)
  expect((await new Browser(auth.app).post('/auth/factors/keep', { token: second?.token })).status).toBe(410)
  await whenDue(lost.userId)
  expect(await asksForFactor(lost)).toBe('signed-in')
  expect((await logOf(owner))[0]).toEqual(['factor.reset', { requestedById: operator.me.user.id, byOperator: true }])
})

it('is for whoever manages members and stands no lower, with a fresh proof; never for oneself, and not without a factor', async () => {
  const owner = await founder(auth)
  const [admin, member] = [await colleague(auth, owner, 'admin'), await colleague(auth, owner, 'member')]
  const [lost, other] = [await protectedMember(owner), await protectedMember(owner, 'owner')]
  expect((await ask(member, lost.userId)).status).toBe(403)
  expect(await ask(admin, other.userId)).toMatchObject({ status: 403, body: { code: 'auth.member.outranked' } })
  expect(await ask(owner, owner.userId)).toMatchObject({ status: 409, body: { code: 'auth.factor_reset.own' } })
  const plain = await protectedMember(owner)
  await auth.database.asAdmin(`delete from auth.totp_credential where user_id = '${plain.userId}'`)
  expect(await ask(admin, plain.userId)).toMatchObject({ status: 409, body: { code: 'auth.factor_reset.no_factor' } })
  expect((await ask(admin, lost.userId)).status).toBe(200)
  // Who could not stop it does not learn when somebody will have no second factor.
  expect([await memberOf(admin, lost.userId), await memberOf(member, lost.userId)]).toMatchObject([
    { factorsResetAt: expect.any(String) },
    { factorsResetAt: null },
  ])
  const stranger = await founder(auth)
  for (const userId of [lost.userId, crypto.randomUUID()])
    expect([(await ask(stranger, userId)).status, (await withdraw(stranger, userId)).status]).toEqual([404, 404])
  await auth.database.asAdmin(`update auth.session set authenticated_at = now() - interval '1 hour' where user_id = '${admin.userId}'`)
  const stale = (await admin.browser.post('/auth/refresh')).body.accessToken
  expect(await ask({ ...admin, token: stale }, lost.userId)).toMatchObject({ status: 403, body: { code: 'auth.step_up_needed' } })
})

it('is begun by the operator of the installation for an only owner; to everybody else that does not exist', async () => {
  const lost = await protectedPerson(auth)
  await auth.database.asAdmin(`update auth.totp_credential set last_used_step = 0 where user_id = '${lost.userId}'`)
  expect((await beginAsOperator(OPERATOR, lost.accessToken)).status).toBe(404)
  expect((await beginAsOperator('nobody@example.org')).status).toBe(404)
  const { status, body } = await beginAsOperator(lost.email)
  expect(status).toBe(200)
  expect((await logOf({ browser: operatorBrowser, token: operator.accessToken }))[0]).toEqual([
    'factor.reset-requested',
    { resetsAt: body.resetsAt, byOperator: true },
  ])
  expect(await mailTo(lost)).toMatchObject({ template: 'factor-reset-scheduled' })
  await whenDue(lost.userId)
  expect(await asksForFactor(lost)).toBe('signed-in')
})
