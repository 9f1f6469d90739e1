import { apiKeyRevoked, contactCreated } from '@ai-crm/contracts'
import { signUp, startService, type Agent } from '@ai-crm/testing'
import { expect, it, vi } from 'vitest'
import { loadServices } from './catalog.ts'

const [auth, crm, gateway] = await loadServices(['auth', 'crm', 'gateway'])
if (!auth || !crm || !gateway) throw new Error('A service is missing.')
const product = await startService(crm, { together: [auth, gateway] })

interface Person {
  readonly organizationId: string
  readonly userId: string
  readonly token: string
}

let people = 0

async function signedUp(): Promise<Person> {
  people += 1
  const body = await signUp(product, { organizationName: `Keys ${people}`, name: 'Ada', email: `keys${people}@example.org`, password: 'correct horse battery' })
  return { organizationId: body.me.organization.id, userId: body.me.user.id, token: body.accessToken }
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

async function ask(bearer: string, method: Method, path: string, payload?: object, from = '192.0.2.50') {
  const answer = await product.app.inject({
    method,
    url: `/api/v1${path}`,
    remoteAddress: from,
    headers: { authorization: `Bearer ${bearer}`, 'idempotency-key': crypto.randomUUID() },
    ...(payload ? { payload } : {}),
  })
  return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json(), text: answer.body }
}

async function keyOf(person: Person, given: object = {}): Promise<{ id: string; secret: string }> {
  const wanted = { name: 'Importer', permissions: ['crm.contact.read', 'crm.contact.create'], ...given }
  const { status, body } = await ask(person.token, 'POST', '/api-keys', wanted)
  expect(status).toBe(201)
  return { id: body.key.id, secret: body.secret }
}

const realNow = performance.now.bind(performance)
let aheadMs = 0

/** Ten seconds later by the monotonic clock, on which all that is remembered is aged. */
function later<Result>(work: () => Promise<Result>): Promise<Result> {
  aheadMs += 10_000
  vi.spyOn(performance, 'now').mockImplementation(() => realNow() + aheadMs)
  return work()
}

it('lets a program in with a key, as far as the key permits, and says that the key did it', async () => {
  const ada = await signedUp()
  const { id, secret } = await keyOf(ada)
  expect(secret).toMatch(/^crm_live_[A-Za-z0-9_-]{43}$/)
  const created = await ask(secret, 'POST', '/contacts', { name: 'Grace' })
  expect(created.status).toBe(201)
  expect((await ask(secret, 'GET', `/contacts/${created.body.id}`)).status).toBe(200)
  expect(await ask(secret, 'DELETE', `/contacts/${created.body.id}`)).toMatchObject({ status: 403, body: { code: 'platform.permission_denied' } })
  expect(await product.emitted(contactCreated, ada.organizationId)).toMatchObject([{ actor: { type: 'api-key', id } }])
})

it('keeps nothing of the key but its digest and its beginning, and shows it once', async () => {
  const ada = await signedUp()
  const { secret } = await keyOf(ada)
  const list = await ask(ada.token, 'GET', '/api-keys')
  expect(list.body.items).toMatchObject([{ prefix: secret.slice(0, 13), state: 'active', createdBy: { id: ada.userId, name: 'Ada' } }])
  expect(list.text).not.toContain(secret)
  const [stored] = await product.database
    .asAdmin(`select (select json_agg(k) from auth.api_key k)::text || (select json_agg(s) from auth.api_key_secret s)::text
    || coalesce((select json_agg(i) from auth.idempotency_key i)::text, '') || (select json_agg(l) from auth.security_event l)::text as everything`)
  expect(String(stored?.['everything'])).not.toContain(secret.slice(9))
})

it('lets nobody give a key more than they may do, nor rights over identities', async () => {
  const ada = await signedUp()
  const wide = await ask(ada.token, 'POST', '/api-keys', { name: 'x', permissions: ['crm.contact.read', 'auth.api-key.manage', 'nonsense'] })
  expect(wide).toMatchObject({ status: 422, body: { code: 'auth.api_key.permissions_too_wide' } })
  const { secret } = await keyOf(ada)
  expect((await ask(secret, 'POST', '/api-keys', { name: 'y', permissions: ['crm.contact.read'] })).status).toBe(403)
  expect((await ask(secret, 'GET', '/auth/sessions')).body.code).toBe('platform.person_needed')
})

it('never permits more than its maker may do now', async () => {
  const ada = await signedUp()
  const { secret } = await keyOf(ada)
  expect((await ask(secret, 'POST', '/contacts', { name: 'Grace' })).status).toBe(201)
  await product.database.asAdmin(`update auth.membership set role = 'viewer' where user_id = '${ada.userId}'`)
  expect((await later(() => ask(secret, 'POST', '/contacts', { name: 'Joan' }))).status).toBe(403)
  await product.database.asAdmin(`update auth.membership set disabled_at = now() where user_id = '${ada.userId}'`)
  expect((await later(() => ask(secret, 'GET', '/contacts'))).status).toBe(401)
})

it('is dead within ten seconds of its revocation', async () => {
  const ada = await signedUp()
  const { id, secret } = await keyOf(ada)
  expect((await ask(secret, 'GET', '/contacts')).status).toBe(200)
  expect((await ask(ada.token, 'DELETE', `/api-keys/${id}`)).status).toBe(204)
  expect((await ask(ada.token, 'DELETE', `/api-keys/${id}`)).status).toBe(204)
  expect((await later(() => ask(secret, 'GET', '/contacts'))).status).toBe(401)
  expect((await ask(ada.token, 'GET', '/api-keys')).body.items).toMatchObject([{ state: 'revoked' }])
  // What it began ends by this.
  expect((await product.emitted(apiKeyRevoked, ada.organizationId)).map(({ data }) => data)).toEqual([{ keyId: id }])
})

it('is refused from elsewhere, after its time, and when nobody has made it', async () => {
  const ada = await signedUp()
  const office = await keyOf(ada, { allowedNetworks: ['203.0.113.0/24', '2001:db8::/32'] })
  expect((await ask(office.secret, 'GET', '/contacts', undefined, '203.0.113.9')).status).toBe(200)
  expect((await ask(office.secret, 'GET', '/contacts', undefined, '2001:db8::9')).status).toBe(200)
  expect((await ask(office.secret, 'GET', '/contacts', undefined, '203.0.114.9')).status).toBe(401)
  const { id, secret } = await keyOf(ada, { expiresInDays: 1 })
  await product.database.asAdmin(`update auth.api_key set expires_at = now() where id = '${id}'`)
  expect((await ask(secret, 'GET', '/contacts')).status).toBe(401)
  expect((await ask(`crm_live_${'A'.repeat(43)}`, 'GET', '/contacts')).status).toBe(401)
})

it('costs its address before anybody asks about it: who guesses is turned away, a key that is known here goes on', async () => {
  const ada = await signedUp()
  const [known, unknown] = [await keyOf(ada), await keyOf(ada)]
  const door = await startService(crm, { together: [auth, gateway], database: product.database, environment: { RATE_LIMIT_ADDRESS_PER_MINUTE: '5' } })
  const use = async (secret: string) =>
    (await door.app.inject({ url: '/api/v1/contacts', headers: { authorization: `Bearer ${secret}` }, remoteAddress: '198.51.100.77' })).statusCode
  expect(await use(known.secret)).toBe(200)
  expect([await use(`crm_live_${'B'.repeat(43)}`), await use(`crm_live_${'C'.repeat(43)}`)]).toEqual([401, 401])
  // Were the question asked before the charge, the unknown one would be found to be right.
  expect([await use(unknown.secret), await use(known.secret)]).toEqual([429, 200])
})

it('has a rate of its own', async () => {
  const { secret } = await keyOf(await signedUp(), { ratePerMinute: 3 })
  const answers = []
  for (let index = 0; index < 5; index++) answers.push((await ask(secret, 'GET', '/contacts')).status)
  expect(answers).toEqual([200, 200, 200, 429, 429])
})

it('writes down who made, first used and revoked it', async () => {
  const ada = await signedUp()
  const { id, secret } = await keyOf(ada)
  for (let index = 0; index < 3; index++) await ask(secret, 'GET', '/contacts')
  await ask(ada.token, 'DELETE', `/api-keys/${id}`)
  const { items } = (await ask(ada.token, 'GET', '/security-log?thing=api-key')).body
  expect(items.map(({ kind, actor, address }: { kind: string; actor: { type: string }; address: string }) => [kind, actor.type, address])).toEqual([
    ['api-key.revoked', 'user', '192.0.2.50'],
    ['api-key.used', 'api-key', '192.0.2.50'],
    ['api-key.created', 'user', '192.0.2.50'],
  ])
})

it('does not share what it has asked for with the person who made it', async () => {
  const ada = await signedUp()
  const { secret } = await keyOf(ada)
  const send = (bearer: string) =>
    product.app.inject({
      method: 'POST',
      url: '/api/v1/contacts',
      headers: { authorization: `Bearer ${bearer}`, 'idempotency-key': 'same' },
      payload: { name: 'Grace' },
    })
  const [byKey, again, byPerson] = [await send(secret), await send(secret), await send(ada.token)]
  expect(again.json().id).toBe(byKey.json().id)
  expect(byPerson.json().id).not.toBe(byKey.json().id)
})

it('hides keys from another organisation, and needs the permission', async () => {
  const [ours, theirs] = [await signedUp(), await signedUp()]
  const { id, secret } = await keyOf(ours)
  expect((await ask(theirs.token, 'DELETE', `/api-keys/${id}`)).status).toBe(404)
  expect((await ask(theirs.token, 'GET', '/api-keys')).body.items).toEqual([])
  const contact = await ask(theirs.token, 'POST', '/contacts', { name: 'Grace' })
  expect((await ask(secret, 'GET', `/contacts/${contact.body.id}`)).status).toBe(404)
  const member: Agent = await product.signIn({ organizationId: ours.organizationId, role: 'member' })
  for (const answer of [await member.get('/api-keys'), await member.post('/api-keys', {}), await member.delete(`/api-keys/${id}`)])
    expect(answer.status).toBe(403)
})

it('is exchanged by services only', async () => {
  const ada = await signedUp()
  const { secret } = await keyOf(ada)
  const url = '/internal/v1/auth/api-keys/exchange'
  const payload = { key: secret, address: '192.0.2.1', userAgent: '' }
  for (const headers of [{}, { authorization: `Bearer ${ada.token}` }, { authorization: `Bearer ${secret}` }, { authorization: 'Bearer x.y.z' }])
    expect((await product.app.inject({ method: 'POST', url, headers, payload })).statusCode).toBe(401)
})
