import { sessionRevoked } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { Browser, newPerson } from '../testing/browser.ts'

const auth = await startService(service)

it('ends the session: refresh token and access token are refused, and the news goes out once', async () => {
  const browser = new Browser(auth.app)
  const { body } = await browser.post('/auth/sign-up', newPerson())
  const before = new Map(browser.cookies)
  expect((await browser.post('/auth/sign-out')).status).toBe(204)
  expect(browser.cookies.has('__Host-refresh')).toBe(false)
  for (const [name, value] of before) browser.cookies.set(name, value)
  expect((await browser.post('/auth/sign-out')).status).toBe(204)
  expect((await browser.get('/auth/me', body.accessToken)).status).toBe(401)
  expect((await browser.post('/auth/refresh')).status).toBe(401)
  expect(await auth.emitted(sessionRevoked, body.me.organization.id)).toMatchObject([
    { data: { reason: 'sign-out', userId: body.me.user.id }, actor: { type: 'user', id: body.me.user.id } },
  ])
})

it('is no error for somebody who is not signed in', async () => {
  expect((await new Browser(auth.app).post('/auth/sign-out')).status).toBe(204)
})

it('leaves the other sessions of the person alone', async () => {
  const person = newPerson()
  const [laptop, phone] = [new Browser(auth.app), new Browser(auth.app)]
  await laptop.post('/auth/sign-up', person)
  await phone.post('/auth/sign-in', { email: person.email, password: person.password })
  await laptop.post('/auth/sign-out')
  expect((await phone.post('/auth/refresh')).status).toBe(200)
})
