import { expect, it } from 'vitest'
import { childrenFirst } from './children-first.ts'

it('empties children before what they refer to', () => {
  const references = [
    { child: 'message', parent: 'conversation' },
    { child: 'attachment', parent: 'message' },
    { child: 'delivery', parent: 'conversation' },
  ]
  const order = childrenFirst(['conversation', 'message', 'attachment', 'delivery', 'note'], references)
  for (const { child, parent } of references) expect(order.indexOf(child)).toBeLessThan(order.indexOf(parent))
  expect(order).toHaveLength(5)
})

it('refuses a circle', () => {
  expect(() =>
    childrenFirst(
      ['a', 'b'],
      [
        { child: 'a', parent: 'b' },
        { child: 'b', parent: 'a' },
      ],
    ),
  ).toThrow(/circle/)
})
