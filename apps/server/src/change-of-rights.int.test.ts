import auth from '@ai-crm/auth'
import { API_PREFIX } from '@ai-crm/contracts'
import { openLiveClient, signUp, startService } from '@ai-crm/testing'
import { withAdmin } from '@ai-crm/testing/cluster'
import { eventually } from '@ai-crm/testing/eventually'
import websocket from '@ai-crm/websocket'
import webhook from '@ai-crm/webhook'
import { expect, it, onTestFinished, vi } from 'vitest'

const BOUND = { timeout: 10_000, interval: 100 }

const product = await startService(auth, { together: [websocket, webhook] })
const url = await product.app.listen({ host: '127.0.0.1', port: 0 })

async function newOwner() {
  const person = { organizationName: 'Rights', name: 'Ada', email: `ada-${crypto.randomUUID()}@example.org`, password: 'correct horse battery' }
  const { accessToken, me } = await signUp(product, person)
  return { token: accessToken, organizationId: me.organization.id, userId: me.user.id }
}

it.each([
  ['a role with less', (userId: string) => ({ method: 'PUT', url: `/members/${userId}/role`, payload: { role: 'viewer' } }) as const],
  ['a disabled membership', (userId: string) => ({ method: 'POST', url: `/members/${userId}/disable` }) as const],
])('%s counts on open connections too: requests are refused, the socket goes', async (_what, change) => {
  const owner = await newOwner()
  const { userId } = await newOwner()
  await product.database.asAdmin(`insert into auth.membership (organization_id, user_id, role) values ('${owner.organizationId}', '${userId}', 'member')`)
  const member = await product.signIn({ organizationId: owner.organizationId, userId, role: 'member' })
  const colleague = await product.signIn({ organizationId: owner.organizationId, role: 'member' })
  const screens = [member, colleague].map(({ token }) => openLiveClient({ url, token }))
  onTestFinished(() => screens.forEach((screen) => screen.close()))
  for (const screen of screens) await vi.waitFor(() => expect(screen.state.connections).toBe(1), BOUND)
  expect((await member.get('/members')).status).toBe(200)

  const { url: path, ...request } = change(userId)
  const changed = await product.app.inject({ ...request, url: API_PREFIX + path, headers: { authorization: `Bearer ${owner.token}` } })
  expect(changed.statusCode).toBe(200)

  await vi.waitFor(async () => expect((await member.get('/members')).status).toBe(401), BOUND)
  // It comes back by itself, but not with the old rights.
  await vi.waitFor(() => expect(screens[0]?.state.refusals.length).toBeGreaterThan(0), BOUND)
  expect(screens[0]?.socket.connected).toBe(false)
  expect([screens[1]?.socket.connected, (await colleague.get('/members')).status]).toEqual([true, 200])
})

const hook = (name: string) => ({ url: `https://hooks.example.com/${name}`, eventTypes: ['contact.created'] })
const change = async (owner: { token: string }, method: 'POST' | 'PUT' | 'PATCH', path: string, payload: object) =>
  (
    await product.app.inject({
      method,
      url: API_PREFIX + path,
      payload,
      headers: { authorization: `Bearer ${owner.token}`, 'idempotency-key': crypto.randomUUID(), 'if-match': '"1"' },
    })
  ).json()

it.each(['another role', 'a role that permits less'])(
  'lets whoever has lost a right by %s set nothing up that stays, in no service and not for a second',
  async (how) => {
    const owner = await newOwner()
    const { userId } = await newOwner()
    const role = await change(owner, 'POST', '/roles', {
      name: 'Hooks',
      base: 'manager',
      permissions: ['webhook.subscription.read', 'webhook.subscription.manage'],
    })
    await product.database.asAdmin(`insert into auth.membership (organization_id, user_id, role, custom_role_id)
    values ('${owner.organizationId}', '${userId}', 'manager', '${role.id}')`)
    const grant = { roleId: role.id, permissions: role.permissions, scopes: {}, fields: {} }
    const keeper = await product.signIn({ organizationId: owner.organizationId, userId, role: 'manager', grant })
    const { body } = await keeper.post('/webhooks', hook('before'))
    if (how === 'another role') await change(owner, 'PUT', `/members/${userId}/role`, { role: 'member' })
    else await change(owner, 'PATCH', `/roles/${role.id}`, { permissions: ['webhook.subscription.read'] })

    const answers = [await keeper.post('/webhooks', hook('after')), await keeper.patch(`/webhooks/${body.webhook.id}`, { description: 'Mine' }, { version: 1 })]
    expect(answers.map(({ status }) => status)).toEqual([401, 401])
  },
)

it('refuses tokens that were given out while a change of rights waited for another one', async () => {
  const owner = await newOwner()
  const { userId } = await newOwner()
  const { organizationId } = owner
  await product.database.asAdmin(`insert into auth.membership (organization_id, user_id, role) values ('${organizationId}', '${userId}', 'admin')`)
  const { cluster, name } = product.database
  const late = await withAdmin(cluster, name, async (run) => {
    await run('begin')
    await run(`select from auth.organization where organization_id = '${organizationId}' for update`)
    const changing = change(owner, 'PUT', `/members/${userId}/role`, { role: 'member' })
    await eventually(async () => {
      // Founding changes the organisation too, in its time.
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%for no key update%'`
      expect(await product.database.asAdmin(waiting)).not.toEqual([])
    })
    const agent = await product.signIn({ organizationId, userId, role: 'admin' })
    await run('commit')
    await changing
    return agent
  })
  expect((await late.post('/webhooks', hook('late'))).status).toBe(401)
})
