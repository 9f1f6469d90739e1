import type { MergedValues } from '@ai-crm/contracts'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mergedValues } from './merged-values.ts'
import { separatedValues, type StandingMerge } from './separated-values.ts'
import { SHAPES, type Values } from './record-values.ts'

const shape = SHAPES.contact
const label = fc.constantFrom(null, 'work')
const email = (owner: string) => fc.record({ address: fc.constantFrom(`a@${owner}.example`, `B@${owner}.example`, `c@${owner}.example`), label })
const phone = fc.record({
  number: fc.constantFrom('1', '2', '3', '4'),
  label,
  e164: fc.constant(null),
  extension: fc.constant(null),
  international: fc.constant(null),
})
const distinct = <Item>(items: fc.Arbitrary<Item>, keyOf: (item: Item) => string, maxLength = 3) => fc.uniqueArray(items, { selector: keyOf, maxLength })
const scalar = (owner: string) => fc.constantFrom(null, `${owner}-1`, `${owner}-2`, 'shared')
const record = (owner: string): fc.Arbitrary<Values> =>
  fc.record({
    name: fc.constantFrom(owner, 'Ada'),
    company: fc.constantFrom(null, { company: 'Acme', companyId: null }, { company: owner, companyId: 'id' }),
    position: scalar(owner),
    note: scalar(owner),
    ownerId: scalar(owner),
    'custom.x': scalar(owner),
    emails: distinct(email(owner), ({ address }) => address.toLowerCase()),
    phones: distinct(phone, ({ number }) => number),
    telegrams: fc.constant([]),
    tagIds: fc.uniqueArray(fc.constantFrom('t1', 't2', 't3', 't4'), { maxLength: 3 }),
  })
const take = fc.subarray(['name', 'company', 'position', 'note', 'ownerId', 'custom.x', 'email', 'phone'])
const FIELDS = ['position', 'note', 'ownerId', 'custom.x'] as const

interface History {
  readonly survivor: Values
  readonly others: readonly { readonly values: Values; readonly take: readonly string[] }[]
  /** Merges, edits and separations in the order in which they happen: what is not possible at its time is left out. */
  readonly steps: readonly { readonly what: 'merge' | 'separate' | 'edit' | 'tag'; readonly nth: number }[]
}
const history = (kinds: readonly History['steps'][number]['what'][]): fc.Arbitrary<History> =>
  fc.record({
    survivor: record('s'),
    others: fc.tuple(record('a'), record('b'), record('c')).chain((all) => fc.tuple(...all.map((values) => fc.record({ values: fc.constant(values), take })))),
    steps: fc.array(fc.record({ what: fc.constantFrom(...kinds), nth: fc.nat(2) }), { maxLength: 14 }),
  })

const applied = (values: Values, changes: MergedValues): Values => ({
  ...values,
  ...Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to])),
})

/** Lives the history and undoes at its end what still stands, in the order of their places; gives what is there, and what edits alone would have made. */
function live({ survivor, others, steps }: History): { left: Values; edited: Values } {
  let [left, edited] = [survivor, survivor]
  let standing: StandingMerge[] = []
  const separate = (id: string): void => {
    const undone = standing.find((merge) => merge.id === id)
    if (!undone) return
    const later = standing.slice(standing.indexOf(undone) + 1)
    const separation = separatedValues(shape, left, undone.changes, later)
    left = applied(left, separation.changes)
    standing = [...standing.slice(0, standing.indexOf(undone)), ...separation.later]
  }
  for (const [index, { what, nth }] of steps.entries()) {
    const other = others[nth]
    const field = FIELDS[nth] ?? 'note'
    if (what === 'separate') separate(String(nth))
    else if (what === 'edit')
      [left, edited] = [
        { ...left, [field]: `edit ${index}` },
        { ...edited, [field]: `edit ${index}` },
      ]
    else if (what === 'tag') [left, edited] = [tagged(left, `new ${index}`), tagged(edited, `new ${index}`)]
    else if (other && standing.every(({ id }) => id !== String(nth))) {
      const changes = mergedValues(shape, left, other.values, new Set(other.take))
      standing = [...standing, { id: String(nth), changes, merged: other.values }]
      left = applied(left, changes)
    }
  }
  for (const nth of [1, 2, 0]) separate(String(nth))
  return { left: withoutNothing(left), edited: withoutNothing(edited) }
}

const tagged = (values: Values, tag: string): Values => ({ ...values, tagIds: [...(Array.isArray(values['tagIds']) ? values['tagIds'] : []), tag] })
const withoutNothing = (values: Values): Values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))

it('leaves a record exactly as it was, whatever was merged into it and in whatever order that is undone', () => {
  fc.assert(
    fc.property(history(['merge', 'separate']), (given) => {
      const { left } = live(given)
      expect(left).toEqual(withoutNothing(given.survivor))
    }),
    { numRuns: 300 },
  )
}, 60_000)

it('leaves what people changed between, and nothing else', () => {
  fc.assert(
    fc.property(history(['merge', 'separate', 'edit', 'tag']), (given) => {
      const { left, edited } = live(given)
      const { tagIds: leftTags, ...leftOthers } = left
      const { tagIds: editedTags, ...editedOthers } = edited
      expect(leftOthers).toEqual(editedOthers)
      expect(new Set(Array.isArray(leftTags) ? leftTags : [])).toEqual(new Set(Array.isArray(editedTags) ? editedTags : []))
    }),
    { numRuns: 300 },
  )
}, 60_000)
