import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { colleague, founder, type Person } from '../testing/team.ts'

const auth = await startService(service)

const NEEDED = { status: 403, body: { code: 'auth.step_up_needed' } }
const invitee = (role: string) => ({ email: `${crypto.randomUUID()}@guests.example.org`, role, locale: 'en' })
const linked = (role: string) => ({ ...invitee(role), maxUses: 1, domain: null })
const roleWith = (permissions: string[]) => ({ name: crypto.randomUUID(), base: 'manager', permissions: ['auth.member.read', ...permissions] })

/** The owner, with a proof of now and with one of an hour ago. */
async function organisation() {
  const owner = await founder(auth)
  const { userId, organizationId } = owner
  const stale = await auth.signIn({ userId, organizationId, authenticatedAtMs: Date.now() - 3_600_000 })
  const fresh = (method: 'POST' | 'PATCH', path: string, body?: object, version?: number) => owner.browser.call(method, path, owner.token, body, version)
  return { owner, stale, fresh }
}
const versionOf = async (owner: Person, member: Person) =>
  (await owner.browser.get('/members', owner.token)).body.items.find((each: { userId: string }) => each.userId === member.userId)?.version

it('makes nobody an administrator by a proof of an hour ago, in whatever way', async () => {
  const { owner, stale, fresh } = await organisation()
  const [member, admin] = [await colleague(auth, owner, 'member'), await colleague(auth, owner, 'admin')]
  const path = `/members/${member.userId}`
  for (const role of ['owner', 'admin']) expect(await stale.patch(path, { role }, { version: 1 })).toMatchObject(NEEDED)
  expect(await stale.put(`${path}/role`, { role: 'admin' })).toMatchObject(NEEDED)
  for (const role of ['owner', 'admin']) {
    expect(await stale.post('/invitations', invitee(role))).toMatchObject(NEEDED)
    expect(await stale.post('/invitations/links', linked(role))).toMatchObject(NEEDED)
  }
  const [mailed, link] = [(await fresh('POST', '/invitations', invitee('admin'))).body, (await fresh('POST', '/invitations/links', linked('admin'))).body]
  expect(await stale.post(`/invitations/${mailed.id}/resend`)).toMatchObject(NEEDED)
  expect(await stale.post(`/invitations/${link.id}/link`)).toMatchObject(NEEDED)
  await fresh('POST', `/members/${admin.userId}/disable`)
  expect(await stale.post(`/members/${admin.userId}/enable`)).toMatchObject(NEEDED)
  expect(await versionOf(owner, member)).toBe(1)
  expect((await fresh('PATCH', path, { role: 'admin' }, 1)).status).toBe(200)
})

it.each(['auth.member.manage', 'auth.role.manage', 'auth.api-key.manage', 'auth.session.manage', 'auth.sso.manage'])(
  'asks for a proof before a role of the organisation gives somebody %s',
  async (permission) => {
    const { owner, stale, fresh } = await organisation()
    const member = await colleague(auth, owner, 'member')
    const [powerful, harmless] = [(await fresh('POST', '/roles', roleWith([permission]))).body, (await fresh('POST', '/roles', roleWith([]))).body]
    const assign = (customRoleId: string) => stale.put(`/members/${member.userId}/role`, { role: 'member', customRoleId })
    expect(await assign(powerful.id)).toMatchObject(NEEDED)
    expect((await assign(harmless.id)).status).toBe(200)
    const permit = (permissions: string[]) => stale.patch(`/roles/${harmless.id}`, { permissions }, { version: 1 })
    expect(await permit(['auth.member.read', permission])).toMatchObject(NEEDED)
    expect(await stale.post(`/roles/${harmless.id}/delete`, { role: 'member', customRoleId: powerful.id })).toMatchObject(NEEDED)
    expect((await permit(['auth.member.read', 'crm.contact.read'])).status).toBe(200)
  },
)

it('asks for none where nobody becomes an administrator, nor to take back what one was given', async () => {
  const { owner, stale, fresh } = await organisation()
  const [member, admin] = [await colleague(auth, owner, 'member'), await colleague(auth, owner, 'admin')]
  const invitation = (await fresh('POST', '/invitations', invitee('admin'))).body
  const answers = [
    await stale.patch(`/members/${member.userId}`, { role: 'manager' }, { version: 1 }),
    await stale.post('/invitations', invitee('manager')),
    await stale.post('/invitations/links', linked('viewer')),
    await stale.delete(`/invitations/${invitation.id}`),
    await stale.put(`/members/${admin.userId}/role`, { role: 'viewer' }),
    await stale.post(`/members/${member.userId}/disable`),
    await stale.post(`/members/${member.userId}/enable`),
    await stale.post(`/members/${member.userId}/remove`, { handOverTo: null }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 201, 201, 204, 200, 200, 200, 204])
})
