import { createTestDatabase } from '@ai-crm/testing/database'
import { expect, it } from 'vitest'

const database = await createTestDatabase()
const crm = await database.open('crm')

it('sees nothing without an organisation', async () => {
  const { rows } = await crm.read(null, { text: 'select * from contact', values: [] })
  expect(rows).toEqual([])
})
