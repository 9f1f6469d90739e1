import { memberRoleChanged, ROLE_PERMISSIONS, roleCreated, roleDeleted } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { eventually } from '@ai-crm/testing/eventually'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { colleague, founder, type Person } from '../testing/team.ts'

const auth = await startService(service)

const reading = ['auth.member.read', 'auth.role.read', 'crm.contact.read']
const make = (person: Person, role: Record<string, unknown> = {}) =>
  person.browser.call('POST', '/roles', person.token, { name: 'Support', base: 'member', permissions: reading, ...role })
const assign = (actor: Person, target: Person, customRoleId: string | null, role = 'member') =>
  actor.browser.call('PUT', `/members/${target.userId}/role`, actor.token, { role, customRoleId })
/** Once the change of rights has been heard: a token from before that is refused too. */
const refresh = async (person: Person) => {
  await auth.settle()
  const { body } = await person.browser.post('/auth/refresh')
  person.token = body.accessToken
  return body.me
}

it('makes a role from a built-in one, announces it, and permits its members exactly that', async () => {
  const owner = await founder(auth)
  const member = await colleague(auth, owner, 'member')
  const created = await make(owner)
  expect(created).toMatchObject({ status: 201, body: { name: 'Support', base: 'member', permissions: reading, members: 0, version: 1 } })
  expect(await auth.emitted(roleCreated, owner.organizationId)).toMatchObject([{ data: { roleId: created.body.id, permissions: reading } }])

  expect((await assign(owner, member, created.body.id)).body).toMatchObject({ role: 'member', customRoleId: created.body.id })
  const me = await refresh(member)
  expect(me).toMatchObject({ role: 'member', customRole: { name: 'Support' }, permissions: reading })
  expect((await member.browser.get('/roles', member.token)).body.custom).toMatchObject([{ members: 1 }])
  expect((await make(member)).status).toBe(403)
})

it('hides no name of a record, beside which it stands everywhere, and no field that does not exist', async () => {
  const owner = await founder(auth)
  for (const [record, field] of [
    ['contact', 'name'],
    ['company', 'name'],
    ['deal', 'title'],
    ['contact', 'nothing'],
  ] as const)
    expect(await make(owner, { fields: { [record]: { [field]: 'hidden' } } }), `${record}.${field}`).toMatchObject({
      status: 422,
      body: { code: 'auth.role.unknown_field' },
    })
  expect((await make(owner, { fields: { contact: { email: 'hidden' } } })).status).toBe(201)
})

it('shows what came with a later version as new, until somebody has decided what the role permits', async () => {
  const owner = await founder(auth)
  const { id, newPermissions } = (await make(owner)).body
  expect(newPermissions).toEqual([])
  // As a release left it that knew neither of the two.
  await auth.database.asAdmin(`update auth.role set weighed = array_remove(array_remove(weighed, 'crm.deal.read'), 'crm.contact.read') where id = '${id}'`)
  const role = async () => (await owner.browser.get('/roles', owner.token)).body.custom[0]
  expect((await role()).newPermissions).toEqual(['crm.deal.read'])
  const patch = (body: object, version: number) => owner.browser.call('PATCH', `/roles/${id}`, owner.token, body, version)
  expect((await patch({ name: 'Helpers' }, 1)).body.newPermissions).toEqual(['crm.deal.read'])
  expect((await patch({ permissions: reading }, 2)).body).toMatchObject({ permissions: reading, newPermissions: [] })
})

it('takes a permission out of the hands of everybody who has the role, by itself', async () => {
  const owner = await founder(auth)
  const member = await colleague(auth, owner, 'viewer')
  const { id } = (await make(owner)).body
  await assign(owner, member, id)
  // What was issued before the change is heard of is refused with what is older.
  await auth.settle()
  await refresh(member)
  expect((await member.browser.get('/roles', member.token)).status).toBe(200)

  const changed = await owner.browser.call('PATCH', `/roles/${id}`, owner.token, { permissions: ['auth.member.read'] }, 1)
  expect(changed).toMatchObject({ status: 200, body: { permissions: ['auth.member.read'], version: 2 } })
  const old = member.token
  await eventually(async () => expect((await member.browser.get('/roles', old)).status).toBe(401))
  await refresh(member)
  expect((await member.browser.get('/roles', member.token)).status).toBe(403)
  expect((await member.browser.get('/members', member.token)).status).toBe(200)
})

it('lets nobody grant what they do not have', async () => {
  const owner = await founder(auth)
  const clerk = await colleague(auth, owner, 'member')
  const own = ['auth.member.manage', 'auth.role.manage', 'auth.role.read', 'crm.contact.read']
  const { id } = (await make(owner, { name: 'Clerk', permissions: own })).body
  await assign(owner, clerk, id)
  await refresh(clerk)

  const beyond = await make(clerk, { permissions: ['crm.contact.read', 'crm.contact.delete'] })
  expect(beyond).toMatchObject({
    status: 403,
    body: { code: 'auth.role.not_yours_to_grant', errors: [{ field: '/permissions', message: 'crm.contact.delete' }] },
  })
  expect((await make(clerk, { base: 'admin', permissions: ['crm.contact.read'] })).status).toBe(403)
  expect((await assign(clerk, clerk, null, 'member')).status).toBe(403)
  const { id: strong } = (await make(owner, { name: 'Strong', permissions: [...ROLE_PERMISSIONS.member] })).body
  expect((await assign(clerk, clerk, strong)).status).toBe(403)
  expect((await clerk.browser.call('PATCH', `/roles/${id}`, clerk.token, { permissions: ['crm.contact.delete'] }, 1)).status).toBe(403)
  expect((await make(clerk, { name: 'Fine', permissions: ['crm.contact.read'] })).status).toBe(201)
})

it('names what is wrong: an unknown permission, a name that is taken, an old version', async () => {
  const owner = await founder(auth)
  expect(await make(owner, { permissions: ['magic'] })).toMatchObject({ status: 422, body: { errors: [{ field: '/permissions' }] } })
  const { id } = (await make(owner)).body
  expect(await make(owner)).toMatchObject({ status: 409, body: { errors: [{ field: '/name' }] } })
  expect((await owner.browser.call('PATCH', `/roles/${id}`, owner.token, { name: 'Other' }, 7)).status).toBe(409)
  expect((await make(owner, { name: 'King', base: 'owner' })).status).toBe(400)
})

it('deletes a role after its members have got the chosen one', async () => {
  const owner = await founder(auth)
  const member = await colleague(auth, owner, 'member')
  const { id } = (await make(owner)).body
  await assign(owner, member, id)
  const remove = (customRoleId: string | null) => owner.browser.call('POST', `/roles/${id}/delete`, owner.token, { role: 'viewer', customRoleId })
  expect((await remove(id)).status).toBe(422)
  expect((await remove(null)).status).toBe(204)
  expect(await refresh(member)).toMatchObject({ role: 'viewer', customRole: null })
  expect(await auth.emitted(roleDeleted, owner.organizationId)).toMatchObject([{ data: { roleId: id } }])
  expect((await auth.emitted(memberRoleChanged, owner.organizationId)).at(-1)).toMatchObject({
    data: { userId: member.userId, to: 'viewer', customRoleId: null },
  })
})

it('lets nobody take a role away from people above them by deleting it', async () => {
  const owner = await founder(auth)
  const [clerk, deputy] = [await colleague(auth, owner, 'member'), await colleague(auth, owner, 'admin')]
  const manages = ['auth.role.manage', 'auth.role.read', 'auth.member.read', 'crm.contact.read']
  await assign(owner, clerk, (await make(owner, { name: 'Clerk', permissions: manages })).body.id)
  const { id } = (await make(owner, { name: 'Deputy', base: 'admin', permissions: [...ROLE_PERMISSIONS.admin] })).body
  await assign(owner, deputy, id)
  const { id: weak } = (await make(owner, { name: 'Nothing', permissions: ['crm.contact.read'] })).body
  await refresh(clerk)
  const remove = (actor: Person) => actor.browser.call('POST', `/roles/${id}/delete`, actor.token, { role: 'viewer', customRoleId: weak })
  expect(await remove(clerk)).toMatchObject({ status: 403, body: { code: 'auth.member.outranked' } })
  expect(await refresh(deputy)).toMatchObject({ role: 'admin', customRole: { id } })
  expect((await remove(owner)).status).toBe(204)
})

it('gives a built-in role back by the old way too', async () => {
  const owner = await founder(auth)
  const member = await colleague(auth, owner, 'member')
  await assign(owner, member, (await make(owner)).body.id)
  expect((await owner.browser.call('PATCH', `/members/${member.userId}`, owner.token, { role: 'member' }, 2)).body).toMatchObject({ customRoleId: null })
})

it('hides roles from another organisation, and from those who may not read them', async () => {
  const [ours, theirs] = [await founder(auth), await founder(auth)]
  const { id } = (await make(ours)).body
  const member = await colleague(auth, theirs, 'member')
  const asks = [
    theirs.browser.get(`/roles/${id}`, theirs.token),
    theirs.browser.call('PATCH', `/roles/${id}`, theirs.token, { name: 'X' }, 1),
    theirs.browser.call('POST', `/roles/${id}/delete`, theirs.token, { role: 'viewer' }),
    assign(theirs, member, id),
  ]
  for (const ask of asks) expect((await ask).status).toBe(404)
  const blind = await auth.signIn({ organizationId: ours.organizationId, permissions: [] })
  for (const path of ['/roles', `/roles/${id}`, '/permissions']) expect((await blind.get(path)).status).toBe(403)
})
