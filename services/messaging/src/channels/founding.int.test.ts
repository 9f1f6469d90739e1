import { authSagaRequested, channelCreated, messagingSagaAnswered } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const messaging = await startService(service, { environment: { SMTP_PORT: '0' } })
const step = 'messaging.open-channel'

function founding(slug: string) {
  const [organizationId, sagaId] = [crypto.randomUUID(), crypto.randomUUID()]
  const rows = (table: string) => messaging.database.asAdmin(`select 1 from messaging.${table}`)
  return {
    organizationId,
    ask: (action: 'do' | 'undo', wanted = step) =>
      messaging.deliver(authSagaRequested({ sagaId, step: wanted, action, input: { name: slug, slug, locale: 'en' } }), { organizationId }),
    answers: async () => (await messaging.emitted(messagingSagaAnswered, organizationId)).map(({ data }) => data.outcome),
    channels: async () => (await rows(`channel where organization_id = '${organizationId}'`)).length,
    addresses: async () => (await rows(`inbound_address where tenant_id = '${organizationId}'`)).length,
  }
}

it('opens one channel however often it is asked, and answers each time', async () => {
  const saga = founding('asked-twice')
  await Promise.all([saga.ask('do'), saga.ask('do'), saga.ask('do')])
  expect(await saga.answers()).toEqual(['done', 'done', 'done'])
  expect([await saga.channels(), await saga.addresses()]).toEqual([1, 1])
  expect(await messaging.emitted(channelCreated, saga.organizationId)).toHaveLength(1)
})

it('takes it back, and refuses a request that comes after that', async () => {
  const saga = founding('taken-back')
  await saga.ask('do')
  await saga.ask('undo')
  await saga.ask('undo')
  expect([await saga.channels(), await saga.addresses()]).toEqual([0, 0])
  await saga.ask('do')
  expect(await saga.answers()).toEqual(['done', 'undone', 'undone', 'refused'])
  expect([await saga.channels(), await saga.addresses()]).toEqual([0, 0])
})

it('remembers an undoing that overtook its request', async () => {
  const saga = founding('overtaken')
  await saga.ask('undo')
  await saga.ask('do')
  expect(await saga.answers()).toEqual(['undone', 'refused'])
  expect(await saga.channels()).toBe(0)
})

it('refuses an address of another organisation, and changes nothing of either', async () => {
  const [first, second] = [founding('wanted-by-two'), founding('wanted-by-two')]
  await first.ask('do')
  await second.ask('do')
  await second.ask('undo')
  expect(await second.answers()).toEqual(['refused', 'undone'])
  expect([await second.channels(), await first.channels(), await first.addresses()]).toEqual([0, 1, 1])
})

it('leaves steps of other services to them', async () => {
  const saga = founding('of-others')
  await saga.ask('do', 'ai.prepare-settings')
  expect(await saga.answers()).toEqual([])
})

it('hears nothing of an organisation that is erased here, one by one or in a batch', async () => {
  const saga = founding('erased')
  await messaging.database.asAdmin(
    `insert into messaging.erased_organization (organization_id, saga_id, stage) values ('${saga.organizationId}', gen_random_uuid(), 'erased')`,
  )
  await saga.ask('do')
  await Promise.all([saga.ask('do'), saga.ask('do'), saga.ask('do')])
  expect([await saga.channels(), await saga.answers()]).toEqual([0, []])
})
