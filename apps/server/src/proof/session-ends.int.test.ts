import auth from '@ai-crm/auth'
import { API_PREFIX } from '@ai-crm/contracts'
import { openLiveClient, startService, systemMailsTo } from '@ai-crm/testing'
import websocket from '@ai-crm/websocket'
import { expect, it, vi, type TestContext } from 'vitest'

/** Reliability B9: whatever ends a session or takes rights away counts within ten seconds, on requests and on open sockets. */
const BOUND = { timeout: 10_000, interval: 100 }
const PASSWORD = 'correct horse battery'

const product = await startService(auth, { together: [websocket] })
const url = await product.app.listen({ host: '127.0.0.1', port: 0 })

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One browser of one person: its cookies and its access token. */
class Screen {
  readonly email: string
  token = ''
  userId = ''
  organizationId = ''
  #cookies = ''

  constructor(email: string) {
    this.email = email
  }

  async ask(method: Method, path: string, body?: object): Promise<number> {
    return (await this.#send(method, path, body)).statusCode
  }

  async #send(method: Method, path: string, body?: object) {
    const answer = await product.app.inject({
      method,
      url: API_PREFIX + path,
      headers: { ...(this.token ? { authorization: `Bearer ${this.token}` } : {}), cookie: this.#cookies, 'idempotency-key': crypto.randomUUID() },
      ...(body ? { payload: body } : {}),
    })
    if (answer.cookies.length > 0) this.#cookies = answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    return answer
  }

  /** By an endpoint that answers with a session. */
  async enter(path: string, body: object): Promise<this> {
    const answer = await this.#send('POST', path, body)
    if (answer.statusCode >= 300) throw new Error(`${path} answered ${answer.statusCode}: ${answer.body}`)
    const { accessToken, me } = answer.json()
    Object.assign(this, { token: accessToken, userId: me.user.id, organizationId: me.organization.id })
    return this
  }
}

const signIn = (email: string, password = PASSWORD) => new Screen(email).enter('/auth/sign-in', { email, password })

async function newPerson(): Promise<Screen> {
  const screen = new Screen(`p-${crypto.randomUUID()}@example.org`)
  const { email } = screen
  expect(await screen.ask('POST', '/auth/sign-up', { organizationName: 'Ends', name: 'Ada', email, password: PASSWORD })).toBe(202)
  const mail = (await systemMailsTo(product, email)).at(-1)
  return screen.enter('/auth/sign-up/confirm', { token: mail?.token })
}

interface Situation {
  readonly owner: Screen
  /** Two browsers of a member of the owner's organisation. The second one is what ends. */
  readonly member: Screen
  readonly ending: Screen
}

async function situation(): Promise<Situation> {
  const [owner, member] = [await newPerson(), await newPerson()]
  const { organizationId } = owner
  await product.database.asAdmin(`insert into auth.membership (organization_id, user_id, role) values ('${organizationId}', '${member.userId}', 'member')`)
  await member.enter('/auth/switch-organization', { organizationId })
  // Signing in goes to the organisation of last time.
  const ending = await signIn(member.email)
  expect(ending.organizationId).toBe(organizationId)
  return { owner, member, ending }
}

async function openSocket({ token }: Screen, { onTestFinished }: TestContext) {
  const client = openLiveClient({ url, token })
  onTestFinished(() => client.close())
  await vi.waitFor(() => expect(client.state.connections).toBe(1), BOUND)
  return client
}

const NEW = 'another good password'

const ends: readonly (readonly [string, (now: Situation) => Promise<number>])[] = [
  ['signing out', ({ ending }) => ending.ask('POST', '/auth/sign-out')],
  ['ending all other sessions from elsewhere', ({ member }) => member.ask('POST', '/auth/sessions/end-others')],
  ['an administrator who ends the sessions of a member', ({ owner, ending }) => owner.ask('DELETE', `/members/${ending.userId}/sessions`)],
  ['a smaller role', ({ owner, ending }) => owner.ask('PUT', `/members/${ending.userId}/role`, { role: 'viewer' })],
  ['disabling the member', ({ owner, ending }) => owner.ask('POST', `/members/${ending.userId}/disable`)],
  ['removing the member', ({ owner, ending }) => owner.ask('POST', `/members/${ending.userId}/remove`, { handOverTo: owner.userId })],
  ['a new password, set in another session', ({ member }) => member.ask('POST', '/auth/password/change', { currentPassword: PASSWORD, newPassword: NEW })],
  [
    'a new password, set in another organisation',
    async ({ owner, member }) => {
      const [elsewhere] = await product.database.asAdmin(
        `select organization_id from auth.membership where user_id = '${member.userId}' and organization_id <> '${owner.organizationId}'`,
      )
      await member.enter('/auth/switch-organization', { organizationId: elsewhere?.['organization_id'] })
      return member.ask('POST', '/auth/password/change', { currentPassword: PASSWORD, newPassword: NEW })
    },
  ],
  [
    'a new password by the link of a mail',
    async ({ member: { email } }) => {
      const anybody = new Screen(email)
      expect(await anybody.ask('POST', '/auth/password/forgot', { email })).toBe(202)
      return anybody.ask('POST', '/auth/password/reset', { token: (await systemMailsTo(product, email)).at(-1)?.token, password: NEW })
    },
  ],
]

// Side by side: they wait most of the time, each in an organisation of its own.
it.concurrent.for(ends)('%s counts within ten seconds, on requests and on open sockets; a colleague notices nothing', async ([, end], context) => {
  const now = await situation()
  const [socket, bystander] = [await openSocket(now.ending, context), await openSocket(now.owner, context)]
  expect(await now.ending.ask('GET', '/members')).toBe(200)

  expect(await end(now)).toBeOneOf([200, 204])
  await vi.waitFor(async () => expect(await now.ending.ask('GET', '/members')).toBe(401), BOUND)
  await vi.waitFor(() => expect(socket.socket.connected).toBe(false), BOUND)
  // Nor does it come back with the same token.
  const again = openLiveClient({ url, token: now.ending.token })
  context.onTestFinished(() => again.close())
  await vi.waitFor(() => expect(again.state.refusals.length).toBeGreaterThan(0), BOUND)
  expect([again.state.connections, bystander.socket.connected, await now.owner.ask('GET', '/members')]).toEqual([0, true, 200])
})
