import { organizationCreated, userCreated } from '@ai-crm/contracts'
import { startService, systemMailsTo } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { Browser, newPerson } from '../testing/browser.ts'

const auth = await startService(service)

it('makes person, organisation and ownership, tells of both, and signs in', async () => {
  const browser = new Browser(auth.app)
  const { status, body } = await browser.post('/auth/sign-up', newPerson({ organizationName: 'Рога и Копыта', email: 'Ivan@Example.ORG ' }))
  expect(status).toBe(201)
  const { organization, user } = body.me
  expect(body.me).toMatchObject({ role: 'owner', organization: { slug: 'roga-i-kopyta' }, user: { email: 'ivan@example.org', locale: 'en' } })
  expect((await browser.get('/auth/me', body.accessToken)).body).toEqual(body.me)
  expect(await auth.emitted(organizationCreated, organization.id)).toMatchObject([{ data: { slug: 'roga-i-kopyta' }, actor: { id: user.id } }])
  expect(await auth.emitted(userCreated, organization.id)).toMatchObject([{ data: { userId: user.id, role: 'owner' } }])
})

const rows = (table: string, where: string) => auth.database.asAdmin(`select * from auth.${table} where ${where}`)

it('creates nothing before the link is opened, and the link works once', async () => {
  const person = newPerson()
  const browser = new Browser(auth.app)
  const asked = await browser.send('/auth/sign-up', person)
  expect(asked).toMatchObject({ status: 202, body: undefined })
  expect(await rows('user_account', `email = '${person.email}'`)).toEqual([])
  expect(browser.cookies.has('__Host-refresh')).toBe(false)

  const [mail] = await systemMailsTo(auth, person.email)
  expect(mail).toMatchObject({
    template: 'verify-email',
    parameters: { link: expect.stringMatching(/^http:\/\/localhost:3000\/sign-up\/confirm#[0-9a-f]{64}$/) },
  })
  const answers = await Promise.all([1, 2, 3].map(() => browser.send('/auth/sign-up/confirm', { token: mail?.token })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 410, 410])
  expect(await rows('pending_sign_up', `email = '${person.email}'`)).toEqual([])
})

it('answers a known and an unknown address alike, with the same work; only the mail tells, and only its reader', async () => {
  const known = newPerson()
  await new Browser(auth.app).post('/auth/sign-up', known)
  const ask = async (email: string, path: string) => new Browser(auth.app, '192.0.2.77').send(path, path === '/auth/sign-up' ? { ...known, email } : { email })
  for (const path of ['/auth/sign-up', '/auth/sign-up/resend', '/auth/password/forgot']) {
    for (let pair = 0; pair < 3; pair++) {
      const [one, other] = [await ask(known.email, path), await ask(`nobody${path.length}${pair}@example.org`, path)]
      expect(one.status).toBe(202)
      expect({ status: other.status, body: other.body, headers: Object.keys(other.headers).toSorted() }).toEqual({
        status: one.status,
        body: one.body,
        headers: Object.keys(one.headers).toSorted(),
      })
    }
  }
  const mails = await systemMailsTo(auth, known.email)
  expect(mails.slice(1).map(({ template }) => template)).toContain('sign-up-with-existing-account')
  expect(mails.slice(1).map(({ template }) => template)).not.toContain('verify-email')
  const [row] = await auth.database.asAdmin(`select count(*) from auth.user_account where email = '${known.email}'`)
  expect(row).toEqual({ count: '1' })
})

it('makes one account of ten sign-ups with one address, however many links are opened', async () => {
  const person = newPerson()
  const browsers = [new Browser(auth.app), new Browser(auth.app), new Browser(auth.app)]
  for (const browser of browsers) await browser.send('/auth/sign-up', person)
  const links = (await systemMailsTo(auth, person.email)).map(({ token }) => token)
  expect(new Set(links).size).toBe(3)
  const answers = await Promise.all(
    browsers.flatMap((browser) => links.map((token) => browser.send('/auth/sign-up/confirm', { token, password: person.password }))),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
})

it('asks another browser for the password: nobody prepares an account in the name of another', async () => {
  const person = newPerson()
  await new Browser(auth.app).send('/auth/sign-up', person)
  const token = (await systemMailsTo(auth, person.email))[0]?.token
  const owner = new Browser(auth.app, '192.0.2.9')
  const open = (password?: string) => owner.send('/auth/sign-up/confirm', { token, ...(password ? { password } : {}) })
  expect(await open()).toMatchObject({ status: 403, body: { code: 'auth.sign_up.password_needed' } })
  expect(await open('a guess')).toMatchObject({ status: 403, body: { code: 'auth.password.wrong', errors: [{ field: '/password' }] } })
  expect((await open(person.password)).status).toBe(201)
})

it('counts wrong passwords of a link, and ends it after five', async () => {
  const person = newPerson()
  await new Browser(auth.app).send('/auth/sign-up', person)
  const token = (await systemMailsTo(auth, person.email))[0]?.token
  const answers = await Promise.all(Array.from({ length: 12 }, () => new Browser(auth.app).send('/auth/sign-up/confirm', { token, password: 'a guess' })))
  expect(answers.filter(({ status }) => status === 403)).toHaveLength(5)
  expect((await new Browser(auth.app).send('/auth/sign-up/confirm', { token, password: person.password })).status).toBe(410)
})

it('opens no link that is over', async () => {
  const person = newPerson()
  const browser = new Browser(auth.app)
  await browser.send('/auth/sign-up', person)
  const token = (await systemMailsTo(auth, person.email))[0]?.token
  await auth.database.asAdmin(`update auth.pending_sign_up set expires_at = now() where email = '${person.email}'`)
  expect(await browser.send('/auth/sign-up/confirm', { token })).toMatchObject({ status: 410, body: { code: 'auth.link.over' } })
  expect((await browser.send('/auth/sign-up/confirm', { token: 'f'.repeat(64) })).body.code).toBe('auth.link.over')
})

it('sends the mail again to the browser that signed up only, five in an hour at most; the newest link works', async () => {
  const person = newPerson()
  const browser = new Browser(auth.app)
  await browser.send('/auth/sign-up', person)
  await new Browser(auth.app, '192.0.2.8').send('/auth/sign-up/resend', { email: person.email })
  expect(await systemMailsTo(auth, person.email)).toHaveLength(1)
  for (let round = 0; round < 7; round++) {
    await browser.send('/auth/sign-up/resend', { email: person.email })
    await auth.settle()
  }
  const mails = await systemMailsTo(auth, person.email)
  expect(mails).toHaveLength(5)
  expect((await browser.send('/auth/sign-up/confirm', { token: mails[0]?.token })).status).toBe(410)
  expect((await browser.send('/auth/sign-up/confirm', { token: mails[4]?.token })).status).toBe(201)
})

it('asks for eight characters, takes two hundred of any kind, and no more', async () => {
  const status = async (password: string) => (await new Browser(auth.app).send('/auth/sign-up', { ...newPerson(), password })).status
  expect([await status('seven77'), await status('eight ч 8'), await status('п'.repeat(3) + 'x y '.repeat(49)), await status('y z '.repeat(50) + '!')]).toEqual([
    400, 202, 202, 400,
  ])
})

it('refuses a password that attackers try first, naming the field', async () => {
  const refused = await new Browser(auth.app).send('/auth/sign-up', { ...newPerson(), password: 'Passw0rd2026!' })
  expect(refused).toMatchObject({ status: 422, body: { code: 'auth.password.common', errors: [{ field: '/password' }] } })
})

it('gives every organisation a mail name of its own, however many want the same at once', async () => {
  const people = Array.from({ length: 8 }, () => newPerson({ organizationName: 'Acme' }))
  const answers = await Promise.all(people.map((person) => new Browser(auth.app).post('/auth/sign-up', person)))
  const slugs = answers.map(({ body }) => body.me.organization.slug)
  expect(new Set(slugs).size).toBe(8)
  expect(slugs).toContain('acme')
})

it('stores neither the password nor a token in plain text', async () => {
  const browser = new Browser(auth.app)
  await browser.post('/auth/sign-up', { ...newPerson(), password: 'cnry-password-1' })
  const refreshToken = browser.cookies.get('__Host-refresh') ?? 'none'
  const dump = await auth.database.asAdmin(`select (select jsonb_agg(c) from auth.password_credential c)::text
    || (select jsonb_agg(t) from auth.refresh_token t)::text || (select jsonb_agg(s) from auth.session s)::text
    || (select jsonb_agg(p) from auth.pending_sign_up p)::text || (select jsonb_agg(e) from auth.event e)::text as everything`)
  const text = JSON.stringify(dump)
  expect(text).not.toContain('cnry-password-1')
  expect(text).not.toContain(refreshToken)
  expect(text).not.toContain(Buffer.from(refreshToken, 'base64url').toString('hex'))
})

it('sets cookies that scripts cannot read and other sites cannot send', async () => {
  const answer = await new Browser(auth.app).post('/auth/sign-up', newPerson())
  for (const cookie of [answer.headers['set-cookie']].flat())
    expect(cookie).toMatch(/^__Host-(refresh|device)=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
})
