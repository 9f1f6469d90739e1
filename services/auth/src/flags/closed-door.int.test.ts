import { expect, it } from 'vitest'
import { Browser, newPerson } from '../testing/browser.ts'
import { atProvider, signInBySso, ssoOrganization, startSsoWorld } from '../testing/sso-fixture.ts'
import { founder } from '../testing/team.ts'

const OPERATOR = 'operator@example.org'
const world = await startSsoWorld({ OPERATOR_EMAILS: OPERATOR })
const { auth } = world
const operator = new Browser(auth.app, '192.0.2.9')
const { body: signedIn } = await operator.post('/auth/sign-up', newPerson({ email: OPERATOR }))

/** Switches sign-up for the whole installation, and waits until the service has heard of it. */
async function open(isOpen: boolean): Promise<void> {
  const { items } = (await operator.get('/installation/flags', signedIn.accessToken)).body
  const { version } = items.find(({ key }: { key: string }) => key === 'sign-up')
  const decision = { isKilled: !isOpen, percentage: null, reason: 'Robots' }
  expect((await operator.call('PUT', '/installation/flags/sign-up', signedIn.accessToken, decision, version)).status).toBe(200)
  await expect.poll(async () => (await operator.get('/auth/sign-up', '')).body).toEqual({ isOpen })
}

it('lets nobody found a further organisation while sign-up is off, but answers again who founded one before', async () => {
  const [early, late] = [await founder(auth), await founder(auth)]
  const wish = { name: 'Second Home', locale: 'en' }
  const before = new Map(early.browser.cookies)
  const first = await early.browser.post('/auth/organizations', wish)
  expect(first.status).toBe(201)
  await open(false)
  expect(await late.browser.post('/auth/organizations', wish)).toMatchObject({ status: 403, body: { code: 'auth.organization.founding_closed' } })
  expect((await late.browser.get('/auth/organizations', late.token)).body.items).toHaveLength(1)
  // The answer was lost: the same browser asks once more, with what it had then.
  for (const [name, value] of before) early.browser.cookies.set(name, value)
  expect((await early.browser.post('/auth/organizations', wish)).body.me.organization.id).toBe(first.body.me.organization.id)
  await open(true)
  expect((await late.browser.post('/auth/organizations', wish)).status).toBe(201)
})

it('makes no account by single sign-on while sign-up is off, but for who was invited, and lets in who has one', async () => {
  const { owner, domain } = await ssoOrganization(world)
  const known = atProvider(world, `known@${domain}`)
  expect((await signInBySso(world, known)).status).toBe(200)
  await open(false)
  const stranger = atProvider(world, `stranger@${domain}`)
  expect(await signInBySso(world, stranger)).toMatchObject({ status: 403, body: { code: 'auth.sign_up.closed' } })
  expect(await auth.database.asAdmin(`select 1 from auth.user_account where email = '${stranger}'`)).toEqual([])
  expect((await signInBySso(world, known)).status).toBe(200)
  const guest = atProvider(world, `guest@${domain}`)
  await owner.browser.call('POST', '/invitations', owner.token, { email: guest, role: 'viewer', locale: 'en' })
  expect((await signInBySso(world, guest)).body.me).toMatchObject({ role: 'viewer' })
  await open(true)
  expect((await signInBySso(world, stranger)).body.me).toMatchObject({ role: 'member' })
})
