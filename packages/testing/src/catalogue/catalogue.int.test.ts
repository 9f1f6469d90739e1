import { expect, it } from 'vitest'
import { createTestDatabase } from '../database/create-test-database.ts'
import { reviewed } from '../reviewed-tables.ts'
import { findViolations } from './find-violations.ts'

const database = await createTestDatabase()

it('finds every wall between organisations and services standing', async () => {
  expect(await findViolations(database.asAdmin, reviewed)).toEqual([])
})
