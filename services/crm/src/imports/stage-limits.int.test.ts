import { taskCreated } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { withAdmin } from '@ai-crm/testing/cluster'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { tellRules } from '../stages/rule-fixture.ts'
import { checked, until } from './import-fixture.ts'

const crm = await startService(service)

/** A batch has a thousand rows. */
const file = (rows: number) => ['Deal name,Stage', ...Array.from({ length: rows }, (_, row) => `Deal ${row},Qualified`)].join('\n')

it('foresees a full stage over all batches of a file, holding nothing, and does then what it has foreseen', { timeout: 60_000 }, async () => {
  const agent = await crm.signIn()
  await agent.post('/deals', { title: 'There before', stage: 'qualified' })
  await tellRules(crm, agent.organizationId, { qualified: { wipLimit: 1_051 } })
  const { cluster, name } = crm.database
  const seen = await withAdmin(cluster, name, async (run) => {
    // As whoever is entering the stage in this moment.
    await run('begin')
    await run(`select pg_advisory_xact_lock(hashtextextended('crm.stage-limit:' || '${agent.organizationId}' || 'qualified', 0))`)
    return checked(agent, file(1_100))
  })
  expect(seen.forecast).toMatchObject({ rows: 1_100, created: 1_050, refused: 50, complaints: [{ code: 'crm.deal.move_refused', count: 50 }] })
  await agent.post(`/imports/${seen.id}/start`)
  const done = await until(agent, seen.id, ({ operation }) => operation?.status === 'done')
  expect(done).toMatchObject({ refused: 50, operation: { changed: 1_050 } })
})

it('makes ten tasks for each of a thousand deals of one batch', { timeout: 120_000 }, async () => {
  const agent = await crm.signIn()
  const tasks = Array.from({ length: 10 }, (_, nth) => ({ title: `Step ${nth}`, dueInDays: nth === 0 ? null : nth }))
  await tellRules(crm, agent.organizationId, { qualified: { tasks } })
  const seen = await checked(agent, file(1_000))
  await agent.post(`/imports/${seen.id}/start`)
  const done = await until(agent, seen.id, ({ operation }) => operation?.status === 'done')
  expect(done).toMatchObject({ refused: 0, operation: { changed: 1_000 } })
  const [count] = await crm.database.asAdmin(
    `select count(*)::int as tasks, count(due_at)::int as due from crm.task where organization_id = '${agent.organizationId}'`,
  )
  expect(count).toEqual({ tasks: 10_000, due: 9_000 })
  expect(await crm.emitted(taskCreated, agent.organizationId)).toHaveLength(10_000)
})
