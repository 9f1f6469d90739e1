import { dealStageChanged, type MoveObstacle, type StageRules } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import { imported } from '../imports/import-fixture.ts'
import service from '../service.ts'
import { made, over, tellRules } from './rule-fixture.ts'

const crm = await startService(service)

const REFUSED = 'crm.deal.move_refused'
const rules: readonly (readonly [MoveObstacle['rule'], Partial<StageRules>, to: string, from: string])[] = [
  ['required-field', { requiredFields: ['expectedCloseOn'] }, 'proposal', 'new'],
  ['not-from-here', { enteredFrom: ['qualified'] }, 'proposal', 'new'],
  ['not-this-role', { movers: ['admin'] }, 'proposal', 'new'],
  ['stage-full', { wipLimit: 1 }, 'proposal', 'new'],
]

/** However a deal comes into the stage: what the answer says, or the reason that stands beside the record. */
const actors: Readonly<Record<string, (agent: Agent, deal: { id: string; version: number }, to: string) => Promise<unknown>>> = {
  PATCH: async (agent, { id, version }, stage) => reasonOf(await agent.patch(`/deals/${id}`, { stage }, { version })),
  move: async (agent, { id }, stage) => reasonOf(await agent.post(`/deals/${id}/move`, { from: 'new', stage })),
  create: async (agent, _deal, stage) => reasonOf(await agent.post('/deals', { title: 'Another', stage })),
  bulk: async (agent, { id }, stage) =>
    reasonIn(await over(agent, '/record-operations', { record: 'deal', selection: { ids: [id] }, action: { do: 'change', set: { stage } } })),
  import: async (agent, _deal, stage) => (await imported(agent, `Deal name,Stage,Amount\nImported,${stage},\n`)).operation?.reasons.map(({ code }) => code)[0],
  // As the services of automations and of the AI call: with a token that acts for the person.
  automation: async (agent, { id }, stage) => reasonOf(await (await through('automation', agent)).post(`/deals/${id}/move`, { from: 'new', stage })),
  ai: async (agent, { id }, stage) => reasonOf(await (await through('ai', agent)).post(`/deals/${id}/move`, { from: 'new', stage })),
}
const through = (type: 'automation' | 'ai', { organizationId, userId }: Agent, role: 'owner' | 'admin' | 'member' = 'owner') =>
  crm.signIn({ organizationId, userId, role, agent: { type, id: crypto.randomUUID() } })
const reasonOf = ({ status, body }: { status: number; body: { code: string } }) => (status === 422 ? body.code : status)
const reasonIn = ({ reasons }: { reasons: { code: string }[] }) => reasons[0]?.code

it.each(rules.flatMap(([rule, asked, to]) => Object.keys(actors).map((actor) => [rule, actor, asked, to] as const)))(
  'keeps a deal out by %s, whoever brings it in: %s',
  async (rule, actor, asked, to) => {
    const agent = await crm.signIn()
    const deal = await made(agent, { title: 'Turbines' })
    if (rule === 'stage-full') await made(agent, { title: 'There', stage: to })
    await tellRules(crm, agent.organizationId, { [to]: asked })
    expect(await actors[actor]?.(agent, deal, to)).toBe(REFUSED)
    expect((await agent.get(`/deals?stage=${to}`)).body.items).toHaveLength(rule === 'stage-full' ? 1 : 0)
    expect(await crm.emitted(dealStageChanged, agent.organizationId)).toHaveLength(0)
  },
  60_000,
)

it('lets an API key move what its owner may: the rule names their role', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const keyOf = (role: 'admin' | 'member') => {
    const id = crypto.randomUUID()
    return crm.signIn({
      organizationId,
      role,
      agent: { type: 'api-key', id },
      grant: { roleId: id, permissions: ['crm.deal.read', 'crm.deal.update'], scopes: {}, fields: {} },
    })
  }
  const deal = await made(agent, { title: 'Turbines' })
  await tellRules(crm, organizationId, { proposal: { movers: ['admin'] } })
  const move = { from: 'new', stage: 'proposal' }
  expect(await (await keyOf('member')).post(`/deals/${deal.id}/move`, move)).toMatchObject({ status: 422, body: { code: REFUSED } })
  expect((await (await keyOf('admin')).post(`/deals/${deal.id}/move`, move)).status).toBe(200)
})

it.each(['automation', 'ai'] as const)('lets the %s move what the person may for whom it acts: the rule names their role', async (type) => {
  const agent = await crm.signIn()
  const deal = await made(agent, { title: 'Turbines' })
  await tellRules(crm, agent.organizationId, { proposal: { movers: ['admin'] } })
  const move = { from: 'new', stage: 'proposal' }
  expect(await (await through(type, agent, 'member')).post(`/deals/${deal.id}/move`, move)).toMatchObject({ status: 422, body: { code: REFUSED } })
  expect((await (await through(type, agent, 'admin')).post(`/deals/${deal.id}/move`, move)).status).toBe(200)
  expect((await crm.emitted(dealStageChanged, agent.organizationId)).map(({ actor }) => actor.type)).toEqual([type])
})
