import { ROLE_PERMISSIONS, roleCreated, roleUpdated } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { colleague, founder, type Person } from '../testing/team.ts'

const auth = await startService(service)

const OWN = { read: 'own', write: 'own' }
const TEAM = { read: 'team', write: 'own' }
const permissions = ['auth.member.read', 'auth.role.read', 'crm.contact.read']
const make = (person: Person, role: object = {}) =>
  person.browser.call('POST', '/roles', person.token, { name: 'Support', base: 'member', permissions, ...role })

/** The colleague from now on, by a role of their own, with all that an administrator may but no further than `scopes`. */
async function narrow(owner: Person, { userId }: Person, scopes: object) {
  const { organizationId } = owner
  const [role] = await auth.database.asAdmin(`insert into auth.role (organization_id, name, base, permissions, weighed, scopes, fields)
    values ('${organizationId}', '${crypto.randomUUID()}', 'admin', '{${[...ROLE_PERMISSIONS.admin].join(',')}}', '{}', '${JSON.stringify(scopes)}', '{}') returning id`)
  await auth.database.asAdmin(
    `update auth.membership set custom_role_id = '${role?.['id']}' where user_id = '${userId}' and organization_id = '${organizationId}'`,
  )
  return auth.signIn({ organizationId, userId, role: 'admin' })
}

it('gives a role its reach, tells it, and puts it into what its members are told they may do', async () => {
  const owner = await founder(auth)
  const member = await colleague(auth, owner, 'member')
  const { status, body: role } = await make(owner, { scopes: { contact: TEAM } })
  expect({ status, scopes: role.scopes }).toEqual({ status: 201, scopes: { contact: TEAM } })
  expect(await auth.emitted(roleCreated, owner.organizationId)).toMatchObject([{ data: { scopes: { contact: TEAM } } }])
  await owner.browser.call('PUT', `/members/${member.userId}/role`, owner.token, { role: 'member', customRoleId: role.id })
  expect((await member.browser.post('/auth/refresh')).body.me.scopes).toEqual({ contact: TEAM })

  const changed = await owner.browser.call('PATCH', `/roles/${role.id}`, owner.token, { scopes: { conversation: OWN } }, 1)
  expect(changed.body.scopes).toEqual({ conversation: OWN })
  expect((await owner.browser.call('PATCH', `/roles/${role.id}`, owner.token, { name: 'Sales' }, 2)).body.scopes).toEqual({ conversation: OWN })
  expect((await auth.emitted(roleUpdated, owner.organizationId)).at(-1)).toMatchObject({ data: { name: 'Sales', scopes: { conversation: OWN } } })
})

it('refuses a role that changes what it cannot see, or is told of all records while it may not read them', async () => {
  const owner = await founder(auth)
  expect(await make(owner, { scopes: { contact: { read: 'own', write: 'team' } } })).toMatchObject({
    status: 422,
    body: { code: 'auth.role.writes_beyond_reading', errors: [{ field: '/scopes/contact/write' }] },
  })
  const telling = { permissions: [...permissions, 'webhook.subscription.read'] }
  expect(await make(owner, { ...telling, scopes: { contact: OWN } })).toMatchObject({ status: 422, body: { code: 'auth.role.needs_every_record' } })
  expect((await make(owner, { scopes: { contact: { read: 'everything', write: 'own' } } })).status).toBe(400)
  const { body: role } = await make(owner, telling)
  expect((await owner.browser.call('PATCH', `/roles/${role.id}`, owner.token, { scopes: { contact: OWN } }, 1)).status).toBe(422)
})

it('shows nobody by a webhook, an export or a failed event what their role hides, whenever either came', async () => {
  const owner = await founder(auth)
  const refused = { status: 422, body: { code: 'auth.role.needs_every_record' } }
  const hiding = { fields: { contact: { email: 'hidden' } } }
  for (const telling of [
    'webhook.subscription.manage',
    'webhook.subscription.read',
    'platform.dead-letter.read',
    'crm.person.export',
    'auth.organization.export',
  ])
    expect(await make(owner, { permissions: [...permissions, telling], ...hiding, name: telling }), telling).toMatchObject(refused)
  const { body: role } = await make(owner, { permissions: [...permissions, 'webhook.subscription.manage'] })
  expect(await owner.browser.call('PATCH', `/roles/${role.id}`, owner.token, hiding, 1)).toMatchObject(refused)
  expect((await owner.browser.call('PATCH', `/roles/${role.id}`, owner.token, { fields: { contact: { email: 'read-only' } } }, 1)).status).toBe(200)
})

it('lets nobody let others reach further than they do, by whatever way', async () => {
  const owner = await founder(auth)
  const [admin, member] = [await colleague(auth, owner, 'admin'), await colleague(auth, owner, 'viewer')]
  const clerk = await narrow(owner, admin, { contact: TEAM })
  const role = { name: 'Clerk', base: 'member', permissions: ['crm.contact.read'] }
  const tooWide = { status: 403, body: { code: 'auth.role.scope_too_wide' } }
  expect(await clerk.post('/roles', role)).toMatchObject({ ...tooWide, body: { errors: [{ field: '/scopes/contact/read' }] } })
  expect(await clerk.post('/roles', { ...role, scopes: { contact: { read: 'team', write: 'team' } } })).toMatchObject(tooWide)
  expect((await clerk.post('/roles', { ...role, scopes: { contact: OWN } })).status).toBe(201)

  const { body: wide } = await make(owner)
  expect(await clerk.patch(`/roles/${wide.id}`, { name: 'Mine' }, { version: 1 })).toMatchObject(tooWide)
  expect(await clerk.put(`/members/${member.userId}/role`, { role: 'viewer', customRoleId: wide.id })).toMatchObject(tooWide)
  expect(await clerk.put(`/members/${member.userId}/role`, { role: 'member' })).toMatchObject(tooWide)
  expect(await clerk.patch(`/members/${member.userId}`, { role: 'member' }, { version: 1 })).toMatchObject(tooWide)
  expect(await clerk.post('/invitations', { email: 'new@example.org', role: 'member', locale: 'en' })).toMatchObject(tooWide)
})

it('lets nobody who reaches a part come to the rest by teams, by handing over, or by who joins through single sign-on', async () => {
  const owner = await founder(auth)
  const [admin, member] = [await colleague(auth, owner, 'admin'), await colleague(auth, owner, 'member')]
  const tooWide = { status: 403, body: { code: 'auth.role.scope_too_wide' } }
  for (const scopes of [{ contact: TEAM }, { deal: { read: 'all', write: 'own' } }]) {
    const clerk = await narrow(owner, admin, scopes)
    expect(await clerk.post('/teams', { name: 'Mine', memberIds: [admin.userId, member.userId] })).toMatchObject(tooWide)
    const { body: team } = await owner.browser.call('POST', '/teams', owner.token, { name: crypto.randomUUID(), memberIds: [member.userId] })
    const change = (memberIds: string[]) => clerk.patch(`/teams/${team.id}`, { memberIds }, { version: 1 })
    expect(await change([member.userId, admin.userId])).toMatchObject(tooWide)
    expect((await change([])).status).toBe(200)
    expect(await clerk.post(`/members/${member.userId}/remove`, { handOverTo: admin.userId })).toMatchObject(tooWide)
    const connection = { name: 'Mine', issuer: 'https://idp.example.org', clientId: 'crm', clientSecret: 'secret', defaultRole: 'viewer' }
    expect((await clerk.post('/sso/connections', connection)).status).toBe(403)
    expect((await clerk.patch(`/sso/connections/${crypto.randomUUID()}`, { defaultRole: 'viewer' }, { version: 1 })).status).toBe(403)
  }
})
