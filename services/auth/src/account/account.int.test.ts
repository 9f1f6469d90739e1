import { startService, systemMailsTo } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import type { Ctx } from '../ctx.ts'
import service from '../service.ts'
import { Browser, newPerson } from '../testing/browser.ts'
import { protectedPerson } from '../testing/second-factor-fixture.ts'
import { colleague, founder } from '../testing/team.ts'
import { endOtherSessions } from './end-other-sessions.ts'

const auth = await startService(service)
const NEW = 'a new and better one'

async function signedUp() {
  const person = newPerson()
  const browser = new Browser(auth.app)
  const { body } = await browser.post('/auth/sign-up', person)
  return { ...person, browser, token: body.accessToken, organizationId: body.me.organization.id, userId: body.me.user.id }
}
const newest = async (email: string) => (await systemMailsTo(auth, email)).at(-1)
const signIn = (browser: Browser, email: string, password: string) => browser.send('/auth/sign-in', { email, password })
const kinds = async (organizationId: string) =>
  (await auth.database.asAdmin(`select kind from auth.security_event where organization_id = '${organizationId}' order by sequence`)).map(({ kind }) => kind)

async function forgotten(email: string): Promise<string> {
  expect((await new Browser(auth.app).send('/auth/password/forgot', { email })).status).toBe(202)
  return (await newest(email))?.token ?? ''
}

it('resets a password once by the link, ends all sessions, signs nobody in, and tells', async () => {
  const ada = await signedUp()
  const token = await forgotten(ada.email)
  const elsewhere = new Browser(auth.app, '192.0.2.50')
  const answers = await Promise.all([1, 2, 3].map(() => elsewhere.send('/auth/password/reset', { token, password: NEW })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 410, 410])
  expect(elsewhere.cookies.has('__Host-refresh')).toBe(false)
  expect((await ada.browser.send('/auth/refresh')).status).toBe(401)
  expect((await ada.browser.get('/auth/me', ada.token)).status).toBe(401)
  expect((await signIn(ada.browser, ada.email, ada.password)).status).toBe(401)
  expect((await signIn(elsewhere, ada.email, NEW)).status).toBe(200)
  expect((await systemMailsTo(auth, ada.email)).map(({ template }) => template)).toContain('password-changed')
  expect(await kinds(ada.organizationId)).toContain('account.password-reset')
})

it('asks for the second factor after a reset as before, on a remembered device too', async () => {
  const person = await protectedPerson(auth)
  const remembered = new Browser(auth.app)
  const first = (await person.givePassword(remembered)).body.challenge
  const proof = { method: 'totp', code: await person.freshCode() }
  expect((await remembered.send('/auth/sign-in/second-factor', { challenge: first, proof, rememberDevice: true })).status).toBe(200)

  const reset = await remembered.send('/auth/password/reset', { token: await forgotten(person.email), password: NEW })
  expect([reset.status, reset.body]).toEqual([204, undefined])
  for (const browser of [remembered, person.home, new Browser(auth.app)]) {
    const answer = await signIn(browser, person.email, NEW)
    expect(answer).toMatchObject({ status: 200, body: { status: 'second-factor-needed' } })
    expect(answer.body).not.toHaveProperty('accessToken')
    expect((await browser.send('/auth/refresh')).status).toBe(401)
  }
})

it('takes no second factor after an old password: neither what was asked before the reset, nor what is asked while it happens', async () => {
  const person = await protectedPerson(auth)
  const [before, during] = [new Browser(auth.app), new Browser(auth.app)]
  const { challenge } = (await person.givePassword(before)).body
  const [asked] = await Promise.all([
    person.givePassword(during),
    forgotten(person.email).then((token) => new Browser(auth.app).send('/auth/password/reset', { token, password: NEW })),
  ])
  for (const [browser, open] of [
    [before, challenge],
    [during, asked.body.challenge],
  ] as const) {
    if (open === undefined) continue
    const proof = { method: 'totp', code: await person.freshCode() }
    const answer = await browser.send('/auth/sign-in/second-factor', { challenge: open, proof })
    expect(answer).toMatchObject({ status: 403, body: { code: 'auth.second_factor.challenge_over' } })
  }
})

it('lets the owner in by a reset while strangers have used up the attempts', async () => {
  const ada = await signedUp()
  for (let guess = 0; guess < 10; guess++) await signIn(new Browser(auth.app, `198.18.1.${guess}`), ada.email, 'guess')
  const phone = new Browser(auth.app, '192.0.2.51')
  expect((await signIn(phone, ada.email, ada.password)).status).toBe(429)
  await phone.send('/auth/password/reset', { token: await forgotten(ada.email), password: NEW })
  expect((await signIn(phone, ada.email, NEW)).status).toBe(200)
})

it('opens no reset link that is over, older than another, or for another purpose', async () => {
  const ada = await signedUp()
  const [first, second] = [await forgotten(ada.email), await forgotten(ada.email)]
  const reset = (token: string) => new Browser(auth.app).send('/auth/password/reset', { token, password: NEW })
  expect(await reset(first)).toMatchObject({ status: 410, body: { code: 'auth.link.over' } })
  expect((await new Browser(auth.app).send('/auth/email/confirm', { token: second })).status).toBe(410)
  await auth.database.asAdmin(`update auth.account_link set expires_at = now() where user_id = '${ada.userId}'`)
  expect((await reset(second)).status).toBe(410)
})

it('stores no secret of a link', async () => {
  const ada = await signedUp()
  const token = await forgotten(ada.email)
  const [dump] = await auth.database.asAdmin(`select (select jsonb_agg(l) from auth.account_link l)::text
    || (select jsonb_agg(e) from auth.event e)::text || coalesce((select jsonb_agg(j) from auth.job j)::text, '') as everything`)
  expect(String(dump?.['everything'])).not.toContain(token)
})

it('changes the password for whoever knows the current one; this session goes on, the others end', async () => {
  const ada = await signedUp()
  const phone = new Browser(auth.app)
  const { body } = await signIn(phone, ada.email, ada.password)
  const change = (currentPassword: string, newPassword: string) => ada.browser.send('/auth/password/change', { currentPassword, newPassword }, ada.token)
  expect(await change('wrong one', NEW)).toMatchObject({ status: 403, body: { errors: [{ field: '/currentPassword' }] } })
  expect(await change(ada.password, 'Password123')).toMatchObject({ status: 422, body: { errors: [{ field: '/newPassword' }] } })
  expect((await change(ada.password, NEW)).status).toBe(204)
  expect((await phone.send('/auth/refresh')).status).toBe(401)
  expect((await phone.get('/auth/me', body.accessToken)).status).toBe(401)
  expect((await ada.browser.get('/auth/me', ada.token)).status).toBe(200)
  expect((await ada.browser.send('/auth/refresh')).status).toBe(200)
  expect((await signIn(phone, ada.email, NEW)).status).toBe(200)
  expect((await systemMailsTo(auth, ada.email)).map(({ template }) => template)).toContain('password-changed')
})

it('ends a session that a crash left alive: every refresh looks at the mark on the account', async () => {
  const ada = await signedUp()
  await auth.database.asAdmin(`update auth.user_account set sessions_valid_from = now() where id = '${ada.userId}'`)
  expect((await ada.browser.send('/auth/refresh')).status).toBe(401)
})

it('ends the sessions in other organisations too, also when the process dies right after the change', async () => {
  const ada = await founder(auth)
  const colleagueThere = await colleague(auth, await founder(auth), 'member')
  const phone = new Browser(auth.app)
  const { body } = await signIn(phone, colleagueThere.email, colleagueThere.password)
  expect(body.me.organization.id).toBe(colleagueThere.organizationId)
  const { browser, token, userId } = colleagueThere

  // In another organisation than the session's, and without what follows the commit: as after a crash.
  const elsewhere = auth.ctx(ada.organizationId) as Ctx
  await elsewhere.write(async (scope) => void (await endOtherSessions(elsewhere, scope, userId, null)))
  await auth.settle()
  expect((await phone.get('/auth/me', body.accessToken)).status).toBe(401)
  expect((await browser.get('/auth/me', token)).status).toBe(401)
  expect((await phone.send('/auth/refresh')).status).toBe(401)
  expect((await ada.browser.get('/auth/me', ada.token)).status).toBe(200)
})

it('lets no session from before a change of the password go on elsewhere: by switching, founding or joining', async () => {
  const [there, host] = [await founder(auth), await founder(auth)]
  const ada = await colleague(auth, there, 'member')
  const phones = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const phone = new Browser(auth.app)
      const { body } = await signIn(phone, ada.email, ada.password)
      return { phone, organizationId: body.me.organization.id as string }
    }),
  )
  expect(phones.map(({ organizationId }) => organizationId)).toEqual(phones.map(() => there.organizationId))
  const { body: link } = await host.browser.call('POST', '/invitations/links', host.token, { role: 'viewer', locale: 'en', maxUses: 5, domain: null })
  const { body: shown } = await host.browser.call('POST', `/invitations/${link.id}/link`, host.token)
  const own = (await ada.browser.get('/auth/organizations', ada.token)).body.items.find(({ id }: { id: string }) => id !== there.organizationId).id

  // By the link of the mail, which goes on in the other organisation: here nothing is ended one by one.
  const elsewhere = auth.ctx(own) as Ctx
  await elsewhere.write(async (scope) => void (await endOtherSessions(elsewhere, scope, ada.userId, null)))
  await auth.settle()
  const [first, second, third, fourth] = phones.map(({ phone }) => phone)
  const answers = [
    await first?.post('/auth/switch-organization', { organizationId: own }),
    await second?.post('/auth/switch-organization', { organizationId: there.organizationId }),
    await third?.post('/auth/organizations', { name: 'Mine now', locale: 'en' }),
    await fourth?.post('/auth/invitations/accept', { token: String(shown.link).split('#')[1] }),
  ]
  expect(answers.map((answer) => answer?.status)).toEqual([401, 401, 401, 401])
})

it('leaves nobody signed in who switches at the very moment of the change', async () => {
  const there = await founder(auth)
  for (let round = 0; round < 15; round++) {
    const ada = await colleague(auth, there, 'member')
    const phone = new Browser(auth.app)
    await signIn(phone, ada.email, ada.password)
    const own = (await ada.browser.get('/auth/organizations', ada.token)).body.items.find(({ id }: { id: string }) => id !== there.organizationId).id
    const elsewhere = auth.ctx(own) as Ctx
    const [switched] = await Promise.all([
      phone.post('/auth/switch-organization', { organizationId: own }),
      new Promise((resolve) => setTimeout(resolve, round * 2)).then(() =>
        elsewhere.write(async (scope) => void (await endOtherSessions(elsewhere, scope, ada.userId, null))),
      ),
    ])
    await auth.settle()
    expect((await phone.post('/auth/refresh')).status).toBe(401)
    if (switched.status === 200) expect((await phone.get('/auth/me', switched.body.accessToken)).status).toBe(401)
  }
}, 60_000)

it('shows no session that the change of the password has ended elsewhere', async () => {
  const person = await colleague(auth, await founder(auth), 'member')
  const phone = new Browser(auth.app)
  await signIn(phone, person.email, person.password)
  const home = new Browser(auth.app)
  const { body } = await signIn(home, person.email, person.password)
  expect((await home.get('/auth/sessions', body.accessToken)).body.items).toHaveLength(3)
  await auth.database.asAdmin(`update auth.user_account set sessions_valid_from = clock_timestamp() where id = '${person.userId}'`)
  const again = (await signIn(new Browser(auth.app), person.email, person.password)).body.accessToken
  expect((await home.get('/auth/sessions', again)).body.items).toHaveLength(1)
})

it('bounds guesses of the current password like those of signing in', async () => {
  const ada = await signedUp()
  const answers = await Promise.all(
    Array.from({ length: 14 }, () => ada.browser.send('/auth/password/change', { currentPassword: 'a guess', newPassword: NEW }, ada.token)),
  )
  expect(answers.filter(({ status }) => status === 403)).toHaveLength(10)
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(4)
})

it('changes the address once the new one is confirmed, and tells the old one', async () => {
  const ada = await signedUp()
  const newEmail = `new-${ada.email}`
  const ask = (currentPassword: string) => ada.browser.send('/auth/email/change', { newEmail, currentPassword }, ada.token)
  expect((await ask('wrong one')).status).toBe(403)
  expect((await ask(ada.password)).status).toBe(202)
  const confirm = await newest(newEmail)
  expect(confirm).toMatchObject({ template: 'confirm-new-email' })
  expect((await signIn(ada.browser, newEmail, ada.password)).status).toBe(401)
  expect((await new Browser(auth.app).send('/auth/email/confirm', { token: confirm?.token })).status).toBe(204)
  expect((await signIn(ada.browser, newEmail, ada.password)).status).toBe(200)
  expect(await newest(ada.email)).toMatchObject({ template: 'email-changed', parameters: { newEmail } })
})

it('gives the address back to its owner: sessions end, the password works no more, a link for a new one comes', async () => {
  const ada = await signedUp()
  const newEmail = `thief-${ada.email}`
  await ada.browser.send('/auth/email/change', { newEmail, currentPassword: ada.password }, ada.token)
  await ada.browser.send('/auth/email/confirm', { token: (await newest(newEmail))?.token })
  const notice = await newest(ada.email)
  expect((await new Browser(auth.app).send('/auth/email/revert', { token: notice?.token })).status).toBe(204)
  expect((await ada.browser.send('/auth/refresh')).status).toBe(401)
  expect((await signIn(ada.browser, newEmail, ada.password)).status).toBe(401)
  expect((await signIn(ada.browser, ada.email, ada.password)).status).toBe(401)
  const reset = await newest(ada.email)
  expect(reset).toMatchObject({ template: 'reset-password' })
  expect((await ada.browser.send('/auth/password/reset', { token: reset?.token, password: NEW })).status).toBe(204)
  expect((await signIn(ada.browser, ada.email, NEW)).status).toBe(200)
})

it('takes no password alone for another password or address where there is a second factor', async () => {
  const person = await protectedPerson(auth)
  await auth.database.asAdmin(`update auth.session set authenticated_at = now() - interval '11 minutes' where organization_id = '${person.organizationId}'`)
  const stale = (await person.home.post('/auth/refresh')).body.accessToken
  const change = (token: string) => person.home.send('/auth/password/change', { currentPassword: person.password, newPassword: NEW }, token)
  const move = (token: string) => person.home.send('/auth/email/change', { newEmail: `new-${person.email}`, currentPassword: person.password }, token)
  for (const ask of [change, move]) expect(await ask(stale)).toMatchObject({ status: 403, body: { code: 'auth.step_up_needed' } })
  const proof = { method: 'totp', code: await person.freshCode() }
  const fresh = (await person.home.call('POST', '/auth/step-up', stale, { proof })).body.accessToken
  expect((await move(fresh)).status).toBe(202)
  expect((await change(fresh)).status).toBe(204)
})

it('does not say that a new address has an account; its owner is told', async () => {
  const [ada, bob] = [await signedUp(), await signedUp()]
  const ask = (newEmail: string) => ada.browser.send('/auth/email/change', { newEmail, currentPassword: ada.password }, ada.token)
  const [taken, free] = [await ask(bob.email), await ask('nobody-has-this@example.org')]
  expect({ status: taken.status, body: taken.body }).toEqual({ status: free.status, body: free.body })
  expect(await newest(bob.email)).toMatchObject({ template: 'sign-up-with-existing-account' })
})

it('changes name and language of the person who asks, of nobody else', async () => {
  const [ada, bob] = [await signedUp(), await signedUp()]
  const { status, body } = await ada.browser.put('/auth/profile', { name: 'Ada L.', locale: 'ru' }, ada.token)
  expect({ status, user: body.user }).toMatchObject({ status: 200, user: { name: 'Ada L.', locale: 'ru', email: ada.email } })
  expect((await bob.browser.get('/auth/me', bob.token)).body.user.name).toBe('Ada')
  expect((await ada.browser.put('/auth/profile', { name: 'x', locale: 'ru' }, 'none')).status).toBe(401)
})
