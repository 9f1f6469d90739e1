import { memberRemoved, memberRoleChanged } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { colleague, founder, goTo, type Person } from '../testing/team.ts'

const auth = await startService(service)

const setRole = (actor: Person, target: Person, role: string, version = 1) =>
  actor.browser.call('PATCH', `/members/${target.userId}`, actor.token, { role }, version)
const remove = (actor: Person, target: Person, handOverTo: string | null = null) =>
  actor.browser.call('POST', `/members/${target.userId}/remove`, actor.token, { handOverTo })
const roles = async (person: Person): Promise<string[]> =>
  (await person.browser.get('/members', person.token)).body.items.map((member: { role: string }) => member.role).toSorted()

it('changes a role once per version, tells, and ends what the old role could do', async () => {
  const owner = await founder(auth)
  const member = await colleague(auth, owner, 'member')
  expect(await setRole(owner, member, 'viewer')).toMatchObject({ status: 200, body: { role: 'viewer', version: 2 } })
  expect((await setRole(owner, member, 'admin')).status).toBe(409)
  expect(await auth.emitted(memberRoleChanged, owner.organizationId)).toMatchObject([{ data: { userId: member.userId, from: 'member', to: 'viewer' } }])
})

it('gives roles up to one’s own, and changes nobody above', async () => {
  const owner = await founder(auth)
  const [admin, member] = [await colleague(auth, owner, 'admin'), await colleague(auth, owner, 'member')]
  expect(await setRole(admin, member, 'owner')).toMatchObject({ status: 403, body: { code: 'auth.member.outranked' } })
  for (const [method, path, body] of [
    ['PATCH', '', { role: 'viewer' }],
    ['PUT', '/role', { role: 'viewer', customRoleId: null }],
    ['POST', '/remove', { handOverTo: null }],
    ['POST', '/disable', undefined],
    ['POST', '/enable', undefined],
    ['POST', '/factor-reset', undefined],
    ['DELETE', '/factor-reset', undefined],
    ['DELETE', '/sessions', undefined],
    ['DELETE', `/sessions/${crypto.randomUUID()}`, undefined],
  ] as const) {
    const { status, body: answer } = await admin.browser.call(method, `/members/${owner.userId}${path}`, admin.token, body, 1)
    expect([method, path, status, answer?.code]).toEqual([method, path, 403, 'auth.member.outranked'])
  }
  expect((await setRole(admin, member, 'admin')).status).toBe(200)
})

it.each(['member', 'viewer'] as const)('lets a %s change nobody', async (role) => {
  const owner = await founder(auth)
  const [actor, target] = [await colleague(auth, owner, role), await colleague(auth, owner, 'viewer')]
  const answers = [
    await setRole(actor, target, 'viewer'),
    await remove(actor, target),
    await actor.browser.call('POST', `/members/${target.userId}/disable`, actor.token),
    await actor.browser.call('POST', `/members/${target.userId}/enable`, actor.token),
    await actor.browser.call('POST', '/organization/transfer', actor.token, { toUserId: actor.userId }),
    await actor.browser.call('PATCH', '/organization', actor.token, { name: 'Mine' }, 1),
  ]
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403))
})

it('answers for a person of another organisation as for nobody', async () => {
  const [ours, theirs] = [await founder(auth), await founder(auth)]
  const nobody = { ...theirs, userId: crypto.randomUUID() }
  const asks = [(target: Person) => setRole(ours, target, 'viewer'), (target: Person) => remove(ours, target)]
  for (const ask of asks) {
    const [other, none] = [await ask(theirs), await ask(nobody)]
    expect([other.status, { ...other.body, requestId: '' }]).toEqual([404, { ...none.body, requestId: '' }])
  }
})

it('keeps an owner, however the last two demote each other', async () => {
  for (let round = 0; round < 5; round++) {
    const first = await founder(auth)
    const second = await colleague(auth, first, 'owner')
    const answers = await Promise.all([setRole(first, second, 'member'), setRole(second, first, 'member')])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const left = answers[0]?.status === 200 ? first : second
    expect(await roles(left)).toEqual(['member', 'owner'])
  }
})

it('does not let the last owner go: not by role, nor by leaving, nor beside a disabled one', async () => {
  const owner = await founder(auth)
  const other = await colleague(auth, owner, 'owner')
  await owner.browser.call('POST', `/members/${other.userId}/disable`, owner.token)
  expect(await setRole(owner, owner, 'member')).toMatchObject({ status: 409, body: { code: 'auth.member.last_owner' } })
  expect((await owner.browser.call('POST', '/organization/leave', owner.token, { handOverTo: null })).status).toBe(409)
  await owner.browser.call('POST', `/members/${other.userId}/enable`, owner.token)
  expect((await owner.browser.call('POST', '/organization/leave', owner.token, { handOverTo: other.userId })).status).toBe(204)
})

it('removes a member with their sessions and names who takes over', async () => {
  const owner = await founder(auth)
  const [member, heir] = [await colleague(auth, owner, 'member'), await colleague(auth, owner, 'member')]
  expect(await remove(owner, member, crypto.randomUUID())).toMatchObject({ status: 422, body: { errors: [{ field: '/handOverTo' }] } })
  expect((await remove(owner, member, member.userId)).status).toBe(422)
  expect((await remove(owner, member, heir.userId)).status).toBe(204)
  expect((await member.browser.get('/auth/me', member.token)).status).toBe(401)
  expect((await member.browser.post('/auth/refresh')).status).toBe(401)
  expect(await auth.emitted(memberRemoved, owner.organizationId)).toMatchObject([
    { data: { userId: member.userId, reason: 'removed', handedOverTo: heir.userId }, actor: { id: owner.userId } },
  ])
  expect((await remove(owner, member)).status).toBe(404)
})

it('shuts a disabled member out until they are enabled', async () => {
  const owner = await founder(auth)
  const member = await colleague(auth, owner, 'member')
  expect((await owner.browser.call('POST', `/members/${member.userId}/disable`, owner.token)).body.disabledAt).toEqual(expect.any(String))
  expect((await member.browser.get('/auth/me', member.token)).status).toBe(401)
  const signedIn = await member.browser.post('/auth/sign-in', { email: member.email, password: member.password })
  expect(signedIn.body.me.organization.id).not.toBe(owner.organizationId)
  expect((await goTo(member, owner.organizationId)).status).toBe(404)
  await owner.browser.call('POST', `/members/${member.userId}/enable`, owner.token)
  expect((await goTo(member, owner.organizationId)).status).toBe(200)
})

it('hands the ownership over: one owner before, one after', async () => {
  const owner = await founder(auth)
  const heir = await colleague(auth, owner, 'member')
  const transfer = (toUserId: string) => owner.browser.call('POST', '/organization/transfer', owner.token, { toUserId })
  expect((await transfer(crypto.randomUUID())).status).toBe(404)
  expect((await transfer(owner.userId)).status).toBe(409)
  expect(await transfer(heir.userId)).toMatchObject({ status: 200, body: { userId: heir.userId, role: 'owner' } })
  const { body } = await heir.browser.post('/auth/sign-in', { email: heir.email, password: heir.password })
  expect(body.me).toMatchObject({ role: 'owner', organization: { id: owner.organizationId } })
  expect(await roles({ ...heir, token: body.accessToken })).toEqual(['admin', 'owner'])
})

it('asks for a fresh proof before the ownership goes', async () => {
  const stale = await auth.signIn({ authenticatedAtMs: Date.now() - 3_600_000 })
  expect(await stale.post('/organization/transfer', { toUserId: crypto.randomUUID() })).toMatchObject({ status: 403, body: { code: 'auth.step_up_needed' } })
})
