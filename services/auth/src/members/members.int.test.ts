import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { Browser, newPerson } from '../testing/browser.ts'

const auth = await startService(service)

it('lists the members of the own organisation only', async () => {
  const [ours, theirs] = [new Browser(auth.app), new Browser(auth.app)]
  const { body } = await ours.post('/auth/sign-up', newPerson())
  await theirs.post('/auth/sign-up', newPerson())
  const { items } = (await ours.get('/members', body.accessToken)).body
  expect(items).toEqual([
    {
      userId: body.me.user.id,
      name: 'Ada',
      email: body.me.user.email,
      role: 'owner',
      customRoleId: null,
      joinedAt: expect.any(String),
      disabledAt: null,
      lastSeenAt: expect.any(String),
      factorsResetAt: null,
      version: 1,
    },
  ])
})

it('asks for a token', async () => {
  expect((await new Browser(auth.app).get('/members', 'none')).status).toBe(401)
  expect((await new Browser(auth.app).get('/auth/me', 'none')).status).toBe(401)
})

it('does not know a person who is no member, whatever their token says', async () => {
  const stranger = await auth.signIn()
  expect((await stranger.get('/auth/me')).status).toBe(404)
})

it('tells where a person belongs only through the function made for it', async () => {
  await new Browser(auth.app).post('/auth/sign-up', newPerson())
  const app = await auth.database.open('auth', 'app')
  await expect(app.read(null, { text: 'select * from auth.organization_of_user', values: [] })).rejects.toThrow(/permission denied/)
  expect((await app.read(null, { text: 'select * from auth.membership', values: [] })).rows).toEqual([])
})
