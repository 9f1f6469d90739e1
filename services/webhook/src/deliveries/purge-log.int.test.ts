import { startWebhookReceiver } from '@ai-crm/testing/fakes/webhook-receiver'
import { afterAll, expect, it } from 'vitest'
import { startWebhookFixture, type Subscribed } from '../testing/webhook-fixture.ts'
import { purgeLog } from './purge-log.ts'

const { webhook, subscribe, ctx } = await startWebhookFixture()
const receiver = await startWebhookReceiver()
afterAll(() => receiver.close())

const count = async (table: string, { agent }: Subscribed): Promise<number> => {
  const [row] = await webhook.database.asAdmin(`select count(*)::int as count from webhook.${table} where organization_id = '${agent.organizationId}'`)
  return Number(row?.['count'])
}
const plannedPurges = ({ agent }: Subscribed) =>
  webhook.database.asAdmin(
    `select run_at from webhook.job where name = 'webhook.purge-log' and status = 'waiting' and organization_id = '${agent.organizationId}'`,
  )

it('forgets what is older than thirty days, its attempts with it, and nothing younger, on its way or of others', async () => {
  const [ours, theirs] = [await subscribe(receiver.url), await subscribe(receiver.url)]
  for (const each of [ours, ours, ours, theirs]) await each.happen()
  await webhook.settle()
  const [young, onItsWay, old] = await ours.deliveries()
  await webhook.database.asAdmin(
    `update webhook.delivery set created_at = now() - interval '31 days' where id in ('${old.id}', '${onItsWay.id}') or organization_id = '${theirs.agent.organizationId}'`,
  )
  await webhook.database.asAdmin(
    `update webhook.delivery set state = 'waiting', delivered_at = null, due_at = now() + interval '1 day' where id = '${onItsWay.id}'`,
  )

  await purgeLog(ctx(ours.agent.organizationId))
  expect((await ours.deliveries()).map(({ id }) => id)).toEqual([young.id, onItsWay.id])
  expect(await count('attempt', ours)).toBe(2)
  expect(await count('delivery', theirs)).toBe(1)
  expect(await plannedPurges(ours)).toHaveLength(1)
})

it('takes a deleted webhook away with all of its log, and plans nothing more when nothing is left', async () => {
  const gone = await subscribe(receiver.url)
  await gone.happen()
  await webhook.settle()
  await gone.agent.delete(`/webhooks/${gone.webhookId}`)
  await webhook.database.asAdmin(`delete from webhook.job where name = 'webhook.purge-log' and organization_id = '${gone.agent.organizationId}'`)
  await purgeLog(ctx(gone.agent.organizationId))
  expect([await count('subscription', gone), await count('delivery', gone), (await plannedPurges(gone)).length]).toEqual([0, 0, 0])
})
