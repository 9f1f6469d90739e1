import { createTestDatabase } from '@ai-crm/testing/database'
import { expect, it } from 'vitest'

const database = await createTestDatabase()
const crm = await database.open('crm')
const organizationId = '0190b0a0-0000-7000-8000-000000000001'

it('sees nothing without an organisation', async () => {
  const { rows } = await crm.read(null, { text: 'select * from contact', values: [] })
  expect(rows).toEqual([])
})
