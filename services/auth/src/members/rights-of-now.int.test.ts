import { startService } from '@ai-crm/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import service from '../service.ts'
import { colleague, founder, type Person } from '../testing/team.ts'

const auth = await startService(service)

type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE'
interface Ask {
  readonly method: Method
  readonly path: string
  readonly body?: object
  readonly version?: number
}
const invitee = () => ({ email: `${crypto.randomUUID()}@guests.example.org`, role: 'viewer', locale: 'en' })
const key = { name: 'Door', permissions: ['crm.contact.read'] }

/** What decides who belongs here, what they may do and how they come in, each on something that is there. */
async function everything(owner: Person, viewer: Person): Promise<readonly (readonly [string, Ask])[]> {
  const made = async (method: Method, path: string, body: object) => (await owner.browser.call(method, path, owner.token, body)).body
  const team = await made('POST', '/teams', { name: 'North', memberIds: [] })
  const role = await made('POST', '/roles', { name: 'Reader', base: 'viewer', permissions: ['crm.contact.read'] })
  const mailed = await made('POST', '/invitations', invitee())
  const link = await made('POST', '/invitations/links', { role: 'viewer', locale: 'en', maxUses: 2, domain: null })
  const domain = await made('POST', '/sso/domains', { name: 'guests.example.org' })
  const ofOwner = (await made('POST', '/api-keys', key)).key
  const member = `/members/${viewer.userId}`
  return [
    ['changing a role', { method: 'PATCH', path: member, body: { role: 'viewer' }, version: 1 }],
    ['giving a role', { method: 'PUT', path: `${member}/role`, body: { role: 'viewer', customRoleId: role.id } }],
    ['disabling', { method: 'POST', path: `${member}/disable` }],
    ['enabling', { method: 'POST', path: `${member}/enable` }],
    ['removing', { method: 'POST', path: `${member}/remove`, body: { handOverTo: null } }],
    ['taking factors', { method: 'POST', path: `${member}/factor-reset` }],
    ['leaving factors', { method: 'DELETE', path: `${member}/factor-reset` }],
    ['ending all sessions', { method: 'DELETE', path: `${member}/sessions` }],
    ['ending a session', { method: 'DELETE', path: `${member}/sessions/${crypto.randomUUID()}` }],
    ['inviting by mail', { method: 'POST', path: '/invitations', body: invitee() }],
    ['inviting by link', { method: 'POST', path: '/invitations/links', body: { role: 'viewer', locale: 'en', maxUses: 2, domain: null } }],
    ['sending an invitation again', { method: 'POST', path: `/invitations/${mailed.id}/resend` }],
    ['seeing the link of an invitation', { method: 'POST', path: `/invitations/${link.id}/link` }],
    ['taking an invitation back', { method: 'DELETE', path: `/invitations/${mailed.id}` }],
    ['making a role', { method: 'POST', path: '/roles', body: { name: 'Mine', base: 'viewer', permissions: ['crm.contact.read'] } }],
    ['changing what a role permits', { method: 'PATCH', path: `/roles/${role.id}`, body: { name: 'Mine' }, version: 1 }],
    ['deleting a role', { method: 'POST', path: `/roles/${role.id}/delete`, body: { role: 'viewer' } }],
    ['making a key', { method: 'POST', path: '/api-keys', body: key }],
    ['revoking a key', { method: 'DELETE', path: `/api-keys/${ofOwner.id}` }],
    ['making a team', { method: 'POST', path: '/teams', body: { name: 'South', memberIds: [viewer.userId] } }],
    ['changing a team', { method: 'PATCH', path: `/teams/${team.id}`, body: { memberIds: [viewer.userId] }, version: 1 }],
    ['deleting a team', { method: 'DELETE', path: `/teams/${team.id}` }],
    ['giving a domain away', { method: 'DELETE', path: `/sso/domains/${domain.id}` }],
    ['pointing a domain elsewhere', { method: 'PUT', path: `/sso/domains/${domain.id}/connection`, body: { connectionId: null } }],
    ['changing a connection', { method: 'PATCH', path: `/sso/connections/${crypto.randomUUID()}`, body: { name: 'Mine' }, version: 1 }],
    ['switching a connection on', { method: 'POST', path: `/sso/connections/${crypto.randomUUID()}/enable` }],
    ['switching a connection off', { method: 'POST', path: `/sso/connections/${crypto.randomUUID()}/disable` }],
    ['deleting a connection', { method: 'DELETE', path: `/sso/connections/${crypto.randomUUID()}` }],
    // The last: tokens of whoever has no second factor end with it.
    ['saying how everybody signs in', { method: 'PUT', path: '/sign-in-policy', body: { isSsoEnforced: false, isSecondFactorRequired: true } }],
  ]
}

describe('whoever lost their rights a moment ago, with a token that does not know it yet', () => {
  let [owner, admin]: Person[] = []
  let asks: readonly (readonly [string, Ask])[] = []
  beforeAll(async () => {
    owner = await founder(auth)
    admin = await colleague(auth, owner, 'admin')
    asks = await everything(owner, await colleague(auth, owner, 'viewer'))
  })
  const ask = ({ browser, token }: Person, { method, path, body, version }: Ask) => browser.call(method, path, token, body, version)

  it.each([
    ['a member', "role = 'member'", 'platform.permission_denied'],
    ['disabled', 'disabled_at = now()', 'auth.member.outranked'],
  ])('decides nothing any more as %s', async (_state, change, code) => {
    if (!admin) throw new Error('There is nobody.')
    await auth.database.asAdmin(`update auth.membership set ${change} where user_id = '${admin.userId}' and organization_id = '${admin.organizationId}'`)
    for (const [what, each] of asks) expect([what, (await ask(admin, each)).body?.code]).toEqual([what, code])
  })

  it('is what was refused: an administrator of now may do all of it', async () => {
    if (!admin) throw new Error('There is nobody.')
    await auth.database.asAdmin(
      `update auth.membership set role = 'admin', disabled_at = null where user_id = '${admin.userId}' and organization_id = '${admin.organizationId}'`,
    )
    for (const [what, each] of asks) {
      const { status } = await ask(admin, each)
      expect([what, status === 401 || status === 403]).toEqual([what, false])
    }
  })
})

it('gives a key no more than its maker may do by now', async () => {
  const owner = await founder(auth)
  const admin = await colleague(auth, owner, 'admin')
  const role = await owner.browser.call('POST', '/roles', owner.token, {
    name: 'Keys',
    base: 'manager',
    permissions: ['auth.member.read', 'auth.api-key.manage', 'crm.contact.read'],
  })
  await auth.database.asAdmin(`update auth.membership set role = 'manager', custom_role_id = '${role.body.id}' where user_id = '${admin.userId}'
    and organization_id = '${admin.organizationId}'`)
  const make = (permissions: string[]) => admin.browser.call('POST', '/api-keys', admin.token, { name: 'Door', permissions })
  expect(await make(['crm.contact.read', 'crm.contact.delete'])).toMatchObject({ status: 422, body: { code: 'auth.api_key.permissions_too_wide' } })
  expect((await make(['crm.contact.read'])).status).toBe(201)
})
