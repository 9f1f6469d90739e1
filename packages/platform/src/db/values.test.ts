import { describe, expect, it } from 'vitest'
import { toCamelCase, toSnakeCase } from './names.ts'
import { parserOf, toParameter, toWireValue } from './values.ts'

describe('to PostgreSQL', () => {
  it.each([
    [undefined, null],
    [true, 'true'],
    [12n, '12'],
    [new Date('2026-01-02T03:04:05.678Z'), '2026-01-02T03:04:05.678Z'],
    [{ a: 1 }, '{"a":1}'],
    [[{ a: 1 }], '[{"a":1}]'],
    [['plain', 'with "quotes" and \\', null], '{"plain","with \\"quotes\\" and \\\\",NULL}'],
    [[[1, 2], [3]], '{{"1","2"},{"3"}}'],
    [[], '{}'],
  ])('writes as PostgreSQL reads it: %#', (value, text) => {
    expect(toWireValue(value)).toBe(text)
  })

  it('hands bytes over as they are', () => {
    expect(toWireValue(Buffer.from('hi'))).toEqual(Buffer.from('hi'))
    expect(toWireValue(new Uint8Array([1, 2]))).toEqual(Buffer.from([1, 2]))
    expect(toWireValue([Buffer.from([255])])).toBe('{"\\\\xff"}')
  })
})

it('no parameter larger than 1 MiB reaches the driver', () => {
  const limit = 1024 * 1024
  expect(toParameter(Buffer.alloc(limit))).toHaveLength(limit)
  for (const tooLarge of [Buffer.alloc(limit + 1), 'x'.repeat(limit + 1), { text: 'x'.repeat(limit) }])
    expect(() => toParameter(tooLarge)).toThrow(/several rows/)
})

describe('from PostgreSQL', () => {
  it('makes a number of an int8 that fits, and keeps the digits of one that does not', () => {
    expect(parserOf(20)('9007199254740991')).toBe(9_007_199_254_740_991)
    expect(parserOf(20)('9007199254740993')).toBe('9007199254740993')
    expect(parserOf(1016)('{1,NULL,2}')).toEqual([1, null, 2])
  })

  it('keeps a date without a time zone as it is written', () => {
    expect(parserOf(1082)('2026-03-29')).toBe('2026-03-29')
    expect(parserOf(1114)('2026-03-29 02:30:00')).toBe('2026-03-29 02:30:00')
  })

  it('reads moments, bytes and documents', () => {
    expect(parserOf(1184)('2026-01-02 03:04:05.678+00')).toEqual(new Date('2026-01-02T03:04:05.678Z'))
    expect(parserOf(17)('\\x6869')).toEqual(Buffer.from('hi'))
    expect(parserOf(3802)('{"a": [1]}')).toEqual({ a: [1] })
  })
})

it('converts names both ways', () => {
  expect(toCamelCase('organization_id')).toBe('organizationId')
  expect(toSnakeCase('organizationId')).toBe('organization_id')
  expect(toSnakeCase('already_snake')).toBe('already_snake')
})
