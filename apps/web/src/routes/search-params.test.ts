import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseSearch, stringifySearch } from './search-params.ts'

it.each([
  '79161234567',
  '12345678',
  '1e5',
  '-0',
  '007',
  '0.10',
  '12345678901234567890',
  'true',
  'null',
  'undefined',
  '"',
  '"a"',
  '[',
  '{"a":1}',
  ' 5',
  '+7 916',
  '',
])('keeps the text %j a text', (q) => {
  expect(parseSearch(stringifySearch({ q }))).toEqual({ q })
})

it.each([
  ['?q=79161234567', { q: '79161234567' }],
  ['?q=1e5&sort=name', { q: '1e5', sort: 'name' }],
  ['?q="1"', { q: '1' }],
  ['?columns=["email"]&filter={"field":"name"}', { columns: ['email'], filter: { field: 'name' } }],
])('reads %s as a person or another program writes it', (search, expected) => {
  expect(parseSearch(search)).toEqual(expected)
})

it('gives back what was put into an address: any text, any list, any object', () => {
  const value = fc.oneof(fc.string(), fc.array(fc.string(), { minLength: 1 }), fc.record({ field: fc.string(), value: fc.jsonValue() }))
  fc.assert(
    fc.property(fc.record({ q: value, filter: value }), (search) => {
      const read: unknown = JSON.parse(JSON.stringify(parseSearch(stringifySearch(search))))
      expect(read).toEqual(JSON.parse(JSON.stringify(search)))
    }),
  )
})
