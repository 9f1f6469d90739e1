import auth from '@ai-crm/auth'
import { API_PREFIX } from '@ai-crm/contracts'
import { openLiveClient, signUp, startService } from '@ai-crm/testing'
import websocket from '@ai-crm/websocket'
import { expect, it, onTestFinished, vi } from 'vitest'

const BOUND = { timeout: 10_000, interval: 100 }

const product = await startService(auth, { together: [websocket] })
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
