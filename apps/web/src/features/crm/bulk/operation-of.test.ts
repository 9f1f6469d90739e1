import { expect, it } from 'vitest'
import { operationOf } from './operation-of.ts'

const ids = [crypto.randomUUID()]
const change = (set: object) => operationOf('company', { ids }, { do: 'change', set })

it.each([{ website: 'h' }, { note: 'x'.repeat(5_001) }, { size: 'huge' }])('says of a value that is none yet that it does not fit: %j', (set) =>
  expect(change(set)).toEqual({ unfit: 'value' }),
)

it('says so of a day in a year of five digits', () =>
  expect(operationOf('deal', { ids }, { do: 'change', set: { expectedCloseOn: '12026-01-01' } })).toEqual({ unfit: 'value' }))

it('says that more ids than go at once are too many, and takes what a list finds', () => {
  const many = Array.from({ length: 1_001 }, () => crypto.randomUUID())
  expect(operationOf('contact', { ids: many }, { do: 'delete' })).toEqual({ unfit: 'too-many' })
  expect(operationOf('contact', { query: {} }, { do: 'delete' })).toMatchObject({ body: { selection: { query: {} } } })
})
