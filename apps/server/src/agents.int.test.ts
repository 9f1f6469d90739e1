import { dealStageChanged, SERVICE_NAMES, type DelegatedAgent, type ServiceName } from '@ai-crm/contracts'
import { signServiceToken } from '@ai-crm/platform'
import { signUp, startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import { loadServices } from './catalog.ts'

const [auth, crm] = await loadServices(['auth', 'crm'])
if (!auth || !crm) throw new Error('A service is missing.')
const product = await startService(crm, { together: [auth] })

async function send(bearer: string, method: 'GET' | 'POST', url: string, payload?: object) {
  const headers = { authorization: `Bearer ${bearer}`, 'idempotency-key': crypto.randomUUID() }
  const answer = await product.app.inject({ method, url, headers, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() }
}

let people = 0
async function founder() {
  people += 1
  const body = await signUp(product, {
    organizationName: `Agents ${people}`,
    name: 'Ada',
    email: `agents${people}@example.org`,
    password: 'correct horse battery',
  })
  return { organizationId: body.me.organization.id, userId: body.me.user.id, token: body.accessToken }
}
type Person = Awaited<ReturnType<typeof founder>>

const OWNERS = { automation: 'pipeline', ai: 'ai' } as const

/** As the service asks that owns such agents, or another one. */
async function tokenFor(
  agent: DelegatedAgent,
  { organizationId, userId: personId }: Pick<Person, 'organizationId' | 'userId'>,
  service: ServiceName = OWNERS[agent.type],
) {
  const deriveKey = (purpose: string) => product.publicCtx().deriveKey(purpose)
  return send(await signServiceToken(deriveKey, service, 'auth', organizationId), 'POST', '/internal/v1/auth/agents/token', { agent, personId })
}

const membership = (change: string, { userId }: Person) => product.database.asAdmin(`update auth.membership set ${change} where user_id = '${userId}'`)

it.each(['automation', 'ai'] as const)('lets the %s move a deal as the person may for whom it acts, and says that it did', async (type) => {
  const ada = await founder()
  const agent = { type, id: crypto.randomUUID() }
  const { body: deal } = await send(ada.token, 'POST', '/api/v1/deals', { title: 'Turbines' })
  const { status, body } = await tokenFor(agent, ada)
  expect(status).toBe(200)
  const moved = await send(body.accessToken, 'POST', `/api/v1/deals/${deal.id}/move`, { from: 'new', stage: 'proposal' })
  expect(moved).toMatchObject({ status: 200, body: { stage: 'proposal' } })
  const [told] = await product.emitted(dealStageChanged, ada.organizationId)
  expect(told).toMatchObject({ actor: agent, data: { to: 'proposal' } })
  await product.settle()
  const story = (await send(ada.token, 'GET', `/api/v1/deals/${deal.id}/timeline`)).body.items
  expect(story.find((entry: { type: string }) => entry.type === 'deal.stage.changed').actor).toEqual(agent)

  await membership("role = 'viewer'", ada)
  const { body: weaker } = await tokenFor(agent, ada)
  expect((await send(weaker.accessToken, 'POST', `/api/v1/deals/${deal.id}/move`, { from: 'proposal', stage: 'won' })).status).toBe(403)
})

it('gives what acts for somebody no identities, no rights of others, and nothing that a person has to do themselves', async () => {
  const ada = await founder()
  const { body } = await tokenFor({ type: 'automation', id: crypto.randomUUID() }, ada)
  const answers = await Promise.all([
    send(body.accessToken, 'POST', '/api/v1/roles', { name: 'Helper', base: 'member', permissions: [], fields: {} }),
    send(body.accessToken, 'POST', '/api/v1/invitations', { email: 'x@example.org', role: 'admin', locale: 'en' }),
    send(body.accessToken, 'GET', '/api/v1/auth/sessions'),
  ])
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403])
})

it('acts for nobody who is disabled, belongs elsewhere or never was, and for nobody at the word of a person', async () => {
  const [ada, stranger] = [await founder(), await founder()]
  const agent = { type: 'ai' as const, id: crypto.randomUUID() }
  const refused = { status: 403, body: { code: 'auth.agent.refused' } }
  expect(await tokenFor(agent, { ...ada, userId: stranger.userId })).toMatchObject(refused)
  expect(await tokenFor(agent, { ...ada, userId: crypto.randomUUID() })).toMatchObject(refused)
  await membership('disabled_at = now()', ada)
  expect(await tokenFor(agent, ada)).toMatchObject(refused)
  const asked = await send(stranger.token, 'POST', '/internal/v1/auth/agents/token', { agent, personId: stranger.userId })
  expect(asked.status).toBe(401)
})

it('gives each service the tokens of its own agents, and of nobody else’s', async () => {
  const ada = await founder()
  const table: Record<string, string[]> = {}
  for (const service of SERVICE_NAMES) {
    for (const type of ['automation', 'ai'] as const) {
      const { status } = await tokenFor({ type, id: crypto.randomUUID() }, ada, service)
      if (status === 200) table[service] = [...(table[service] ?? []), type]
      else expect(status).toBe(403)
    }
  }
  expect(table).toEqual({ pipeline: ['automation'], ai: ['ai'] })
})
