import { isPermission, PERMISSIONS, RECORD_FIELDS, RECORD_TYPES, type FieldRules, type RecordScopes, type RecordType } from '@ai-crm/contracts'
import { seededRandom } from '@ai-crm/testing/random'
import { afterAll, expect, it } from 'vitest'
import { startCanaryProduct } from './fixtures/canary-product.ts'
import { harvest, ownValues } from './fixtures/harvest.ts'
import { send, type Attacker } from './fixtures/hear.ts'
import { operations, type Operation } from './fixtures/operations.ts'
import { canariesIn, textsOfFields, textsOfRecords } from './fixtures/record-texts.ts'
import { anyRequest, withValue, type AttackRequest } from './fixtures/request.ts'
import { seedOrganization } from './fixtures/seed-organization.ts'

/** How many different things each route is asked for; 40 by `npm run test:isolation`. */
const THINGS = Number(process.env['REACH_THINGS'] ?? 3)
const random = seededRandom(Number(process.env['ISOLATION_SEED'] ?? 20_261_127))

const product = await startCanaryProduct()
afterAll(async () => {
  await product.model.close()
  await product.receiver.close()
})
const { service } = product
const { database } = service
const organization = await seedOrganization(product, 'A')
const { organizationId } = organization
const grown = await harvest(database, organization)
const allTexts = await textsOfRecords(database, organizationId, RECORD_TYPES)

const REFUSED = new Set(['leaveOrganization'])
const tried = operations.filter(({ endpoint, name }) => endpoint.access !== 'public' && endpoint.access !== 'internal' && !REFUSED.has(name))
const isReading = ({ endpoint, name }: Operation): boolean => endpoint.method === 'GET' || /^(preview|simulate|export)/.test(name)

/** Whatever a role of one's own can permit. */
const permissions = Object.keys(PERMISSIONS)
  .filter(isPermission)
  .filter((name) => !name.startsWith('auth.') || name === 'auth.member.read')

let people = 0
/** A colleague with every permission, who owns nothing and is in no team. */
async function colleague(scopes: RecordScopes, fields: FieldRules = {}): Promise<Attacker> {
  const userId = random.uuid()
  const email = `narrow${(people += 1)}@people.example`
  await database.asAdmin(`insert into auth.user_account (id, email, name, locale) values ('${userId}', '${email}', 'Narrow', 'en')`)
  await database.asAdmin(`insert into auth.membership (organization_id, user_id, role) values ('${organizationId}', '${userId}', 'member')`)
  for (const keeper of ['crm', 'messaging'])
    await database.asAdmin(`insert into ${keeper}.member (organization_id, user_id, is_member) values ('${organizationId}', '${userId}', true)`)
  const { token } = await service.signIn({ organizationId, userId, role: 'admin', permissions, scopes, fields })
  return { name: 'a colleague', token, userId, mayAsk: () => true }
}

function* requestsOf(operation: Operation): Generator<AttackRequest> {
  for (let nth = 1; nth <= THINGS; nth++) yield anyRequest(operation, grown, random, nth)
  const base = anyRequest(operation, grown, random, 1)
  for (const position of operation.positions.filter((each) => each.in === 'query')) {
    const name = position.path.split('.').at(-1) ?? ''
    const things = Array.from({ length: THINGS }, (_nothing, nth) => ownValues(grown, operation.endpoint.service, [name], nth)?.get(name))
    for (const value of new Set(['quokkaa', 'cnry', 'contact', 'company', 'deal', 'all', ...things])) if (value) yield withValue(base, position, value)
  }
}

/** What the attacker hears of these texts: route, and where it stands. */
async function heardOf(attacker: Attacker, texts: ReadonlyMap<string, string>, of: readonly Operation[]) {
  const numbers = new Set<string>()
  const told = new Set<string>()
  let requests = 0
  for (const operation of of)
    for (const request of requestsOf(operation)) {
      const heard = await send(service, operation, attacker, request, 1, random)
      requests += 1
      for (const number of canariesIn(heard.everything).filter((each) => texts.has(each))) {
        numbers.add(number)
        told.add(`${operation.name}: ${texts.get(number)} in ${JSON.stringify(request.query)}`)
      }
    }
  return { numbers, told: [...told], requests }
}

const reading = tried.filter(isReading)
const OWN = { read: 'own', write: 'own' } as const

it('tells whoever reaches every record of most of them', async () => {
  const { numbers } = await heardOf(await colleague({}), allTexts, reading)
  expect(allTexts.size).toBeGreaterThan(80)
  expect(numbers.size / allTexts.size).toBeGreaterThan(0.8)
}, 300_000)

it.each(RECORD_TYPES)(
  'tells whoever reaches everything but each %s nothing of those, by whatever way',
  async (record: RecordType) => {
    const texts = await textsOfRecords(database, organizationId, [record])
    const others = new Set(
      (
        await textsOfRecords(
          database,
          organizationId,
          RECORD_TYPES.filter((other) => other !== record),
        )
      ).keys(),
    )
    const only = new Map([...texts].filter(([number]) => !others.has(number)))
    expect(only.size).toBeGreaterThan(5)
    expect((await heardOf(await colleague({ [record]: OWN }), only, reading)).told).toEqual([])
  },
  300_000,
)

it('tells nothing of a field that is hidden, by whatever way', async () => {
  const custom = await database.asAdmin(`select id, record from crm.field where organization_id = '${organizationId}'`)
  const hidden = RECORD_TYPES.map((record) => {
    const own = custom.filter((field) => field['record'] === record).map(({ id }) => `custom.${String(id)}`)
    return [record, Object.fromEntries([...RECORD_FIELDS[record], ...own].map((name) => [name, 'hidden' as const]))] as const
  })
  const texts = await textsOfFields(database, organizationId)
  expect(texts.size).toBeGreaterThan(20)
  expect((await heardOf(await colleague({}, Object.fromEntries(hidden)), texts, reading)).told).toEqual([])
}, 300_000)

// The last: it changes what it can.
it('tells whoever reaches nothing of no record, whatever they read or do', async () => {
  const scopes = Object.fromEntries(RECORD_TYPES.map((record) => [record, OWN]))
  const { told, requests } = await heardOf(await colleague(scopes), allTexts, tried)
  expect(requests).toBeGreaterThan(THINGS * 100)
  expect(told).toEqual([])
}, 300_000)
