import { expect, it } from 'vitest'
import { draftOf, offeredOptions, valueOf, type Draft } from './draft.ts'

const draft = (part: Partial<Draft>): Draft => ({ text: '', currency: 'EUR', ids: [], ...part })

it.each([
  ['text', { text: ' Chess ' }, 'Chess'],
  ['text', { text: '  ' }, null],
  ['number', { text: '1 234,5' }, 1234.5],
  ['number', { text: '-3' }, -3],
  ['number', { text: '1,2,3' }, undefined],
  ['money', { text: '12,50' }, { amountMinor: 1250, currency: 'EUR' }],
  ['money', { text: 'much' }, undefined],
  ['url', { text: 'acme.example' }, 'https://acme.example'],
  ['url', { text: 'javascript:alert(1)' }, undefined],
  ['checkbox', { text: 'false' }, false],
  ['multiSelect', { ids: ['a', 'b'] }, ['a', 'b']],
  ['multiSelect', {}, null],
] as const)('reads what was typed into a field of the kind %s: %j', (kind, typed, value) => {
  expect(valueOf({ kind, currency: null }, draft(typed))).toEqual(value)
})

it.each([
  ['number', -2.5],
  ['money', { amountMinor: 500, currency: 'JPY' }],
  ['checkbox', true],
  ['multiSelect', ['a']],
  ['date', '2027-01-31'],
] as const)('changes nothing of a %s that is opened and left', (kind, value) => {
  const field = { kind, currency: null }
  expect(valueOf(field, draftOf(field, typeof value === 'object' && 'length' in value ? [...value] : value, 'EUR'))).toEqual(value)
})

it('offers an archived option only where it is chosen', () => {
  const options = ['a', 'b'].map((id) => ({ id, label: id, color: 'gray' as const, isArchived: id === 'b' }))
  const offered = (chosen: readonly string[]) => offeredOptions({ options }, chosen).map(({ id }) => id)
  expect([offered([]), offered(['b'])]).toEqual([['a'], ['a', 'b']])
})
