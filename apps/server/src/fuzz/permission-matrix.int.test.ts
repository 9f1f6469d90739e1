import { allEndpoints, API_PREFIX, PERMISSIONS, ROLE_PERMISSIONS, ROLES, type Endpoint, type Permission } from '@ai-crm/contracts'
import type { Agent } from '@ai-crm/testing'
import { describe, expect, it } from 'vitest'
import { startFuzzedProduct } from './product-fixture.ts'

const product = await startFuzzedProduct()
/** The organisation in which something has happened already: its routes have something to answer with. */
const organizationId: string = JSON.parse(Buffer.from(product.ownerToken.split('.')[1] ?? '', 'base64url').toString()).org

const isPermission = (access: Endpoint['access']): access is Permission => access in PERMISSIONS
const guarded = allEndpoints.filter(({ access }) => access !== 'public' && access !== 'internal')
const nobodys = crypto.randomUUID()

/** Asks for a thing that does not exist, in a form that is accepted at least as far as the guard. */
async function ask(endpoint: Endpoint, authorization: string | null): Promise<{ status: number; code: string | undefined }> {
  const response = await product.service.app.inject({
    method: endpoint.method,
    url: API_PREFIX + endpoint.path.replaceAll(/:\w+/g, nobodys),
    headers: {
      ...(authorization === null ? {} : { authorization: `Bearer ${authorization}` }),
      'idempotency-key': crypto.randomUUID(),
      'if-match': '"1"',
      ...(endpoint.body ? { 'content-type': 'application/json' } : {}),
    },
    ...(endpoint.body ? { payload: '{}' } : {}),
  })
  const isProblem = String(response.headers['content-type']).includes('problem+json')
  return { status: response.statusCode, code: isProblem ? response.json().code : undefined }
}

/** People of whom only the token knows: what is behind the guard has api-fuzz.int.test.ts. Roles as columns: the built-in ones, and two made for the row: everything but what the route asks for, and only that. */
const columns = [
  ...ROLES.map((role) => ({
    name: role,
    signIn: () => product.service.signIn({ role, organizationId }),
    has: (needed: Permission) => ROLE_PERMISSIONS[role].has(needed),
  })),
  { name: 'nothing', signIn: () => product.service.signIn({ organizationId, permissions: [] }), has: () => false },
]
const people = new Map<string, Agent>()
for (const column of columns) people.set(column.name, await column.signIn())

const isDenied = ({ code }: { code: string | undefined }): boolean => code === 'platform.permission_denied'

describe.each(guarded.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const))('%s', (_route, endpoint) => {
  it('needs a token', async () => {
    expect(await ask(endpoint, null)).toMatchObject({ status: 401 })
    expect(await ask(endpoint, 'a.b.c')).toMatchObject({ status: 401 })
  })

  it('permits exactly the roles that it is declared for', async () => {
    const { access } = endpoint
    for (const { name, has } of columns) {
      const answer = await ask(endpoint, people.get(name)?.token ?? '')
      const isPermitted = isPermission(access) ? has(access) : true
      expect({ name, isDenied: isDenied(answer), isKnown: answer.status !== 401 }).toEqual({ name, isDenied: !isPermitted, isKnown: true })
      if (!isPermitted) expect(answer.status).toBe(403)
    }
  })

  it('asks for this permission and no other', async () => {
    const { access } = endpoint
    if (!isPermission(access)) return
    const others = Object.keys(PERMISSIONS).filter((permission): permission is Permission => permission !== access && permission in PERMISSIONS)
    const [only, without] = [await product.service.signIn({ permissions: [access] }), await product.service.signIn({ permissions: others })]
    expect(isDenied(await ask(endpoint, only.token))).toBe(false)
    expect(await ask(endpoint, without.token)).toMatchObject({ status: 403, code: 'platform.permission_denied' })
  })

  it('has nothing of another organisation', async () => {
    // Ids of what exists elsewhere, in every place: foreign-ids.int.test.ts.
    if (endpoint.method !== 'GET' || !endpoint.path.includes(':')) return
    expect((await ask(endpoint, people.get('owner')?.token ?? '')).status).toBeOneOf([400, 404])
  })
})

it('covers every route of the contract', () => {
  expect(guarded.length).toBeGreaterThan(60)
  // Nothing that an organisation owns is open: without a token there is only what signs in, and what signs tokens.
  const open = allEndpoints.filter(({ access }) => access === 'public')
  expect(open.filter(({ service }) => service === 'crm' || service === 'ai')).toEqual([])
})
