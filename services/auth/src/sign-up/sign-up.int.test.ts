import { organizationCreated, userCreated } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
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

it('refuses an address that has an account, keeps nothing of the attempt, and does not say why', async () => {
  const person = newPerson()
  await new Browser(auth.app).post('/auth/sign-up', person)
  const browser = new Browser(auth.app)
  const refused = await browser.post('/auth/sign-up', { ...person, organizationName: 'Second try', password: 'another one' })
  expect(refused).toMatchObject({ status: 409, body: { code: 'auth.sign_up.refused' } })
  expect(JSON.stringify(refused.body)).not.toContain(person.email)
  expect(browser.cookies.size).toBe(0)
  const [row] = await auth.database.asAdmin(`select
    (select count(*) from auth.organization where name = 'Second try') as organizations,
    (select count(*) from auth.organization_slug where slug = 'second-try') as slugs`)
  expect(row).toEqual({ organizations: '0', slugs: '0' })
})

it('makes one account of ten sign-ups with one address at the same time', async () => {
  const person = newPerson()
  const answers = await Promise.all(Array.from({ length: 10 }, () => new Browser(auth.app).post('/auth/sign-up', person)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array<number>(9).fill(409)])
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
    || (select jsonb_agg(e) from auth.event e)::text as everything`)
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
