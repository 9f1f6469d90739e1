import { expect, it } from 'vitest'
import { z } from 'zod'
import { shapeCheckOf } from './shape-check.ts'

const Item = z.object({ id: z.string(), count: z.number().int(), share: z.number().nullable(), tags: z.array(z.string()), note: z.string().optional() })
const Page = z.object({ items: z.array(Item), custom: z.record(z.string(), z.union([z.string(), z.array(z.string())])) })
const item = { id: 'a', count: 1, share: null, tags: ['x'] }
const page = (first: object, custom: object = {}) => ({ items: [first], custom })

const isPage = shapeCheckOf(z.toJSONSchema(Page, { target: 'draft-7', io: 'input' }))

it.each([page(item), page({ ...item, note: 'n', share: 0.5 }), page(item, { a: 'x', b: ['y'] }), { items: [], custom: {} }])(
  'knows what is of its shape: %j',
  (value) => {
    expect(isPage(value)).toBe(true)
  },
)

it.each([
  ['a field more, inside', page({ ...item, passwordHash: 'x' })],
  ['a field more, outside', { ...page(item), secret: 1 }],
  ['a field that is missing', page({ id: 'a', count: 1, share: null })],
  ['a field that is undefined', page({ ...item, note: undefined })],
  ['a text that is a moment', page({ ...item, id: new Date() })],
  ['a number that JSON has not', page({ ...item, share: Number.NaN })],
  ['a whole number that is none', page({ ...item, count: 1.5 })],
  ['what JSON cannot write', page({ ...item, count: 1n })],
  ['what writes itself', page({ ...item, toJSON: () => 'x' })],
  ['a thing in place of a list', page({ ...item, tags: { length: 0 } })],
  ['a list in place of a thing', page([])],
  ['a value of a record that is none of its kinds', page(item, { a: { b: 1 } })],
])('refuses %s', (_what, value) => {
  expect(isPage(value)).toBe(false)
})

it('refuses what it cannot judge', () => {
  const Tree = z.object({
    get children() {
      return z.array(Tree)
    },
  })
  const anything = shapeCheckOf(z.toJSONSchema(z.object({ any: z.unknown() })))
  expect(anything({ any: 'x' })).toBe(false)
  expect(shapeCheckOf(z.toJSONSchema(Tree))({ children: [{ children: [] }] })).toBe(false)
})
