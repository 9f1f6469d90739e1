import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { idOf, seedManyRecords } from '../testing/many-records.ts'

const crm = await startService(service)

it('shows what a large operation touched page by page, to the last one, also where thousands of others stand before them', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const fieldId = (await agent.post('/fields', { record: 'contact', label: 'Score', kind: 'number' })).body.id
  await seedManyRecords(crm.database, organizationId, agent.userId, fieldId)
  await crm.database.asAdmin(`insert into crm.contact (organization_id, id, name, source, emails)
    select '${organizationId}', gen_random_uuid(), 'Aaa ' || n, 'manual', '[]' from generate_series(1, 5200) n`)
  const [large] = await crm.database.asAdmin(`select ${idOf('other', '31')} as id`)
  const touched = `select c.id from crm.contact c join crm.operation_record r on r.record_id = c.id and r.operation_id = '${large?.['id']}' where c.deleted_at is null`
  for (const direction of ['asc', 'desc']) {
    const expected = (await crm.database.asAdmin(`${touched} order by c.sort_name ${direction}, c.id ${direction}`)).map(({ id }) => id)
    const shown: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { items: { id: string }[]; nextCursor: string | null } = (
        await agent.get(`/contacts?operationId=${large?.['id']}&sort=name&direction=${direction}&limit=100${cursor && `&cursor=${cursor}`}`)
      ).body
      shown.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(shown).toEqual(expected)
    expect(shown.length).toBeGreaterThan(3_000)
  }
})
