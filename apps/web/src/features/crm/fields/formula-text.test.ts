import { expect, it } from 'vitest'
import { withKeys, withLabels, withOwnNames } from './formula-text.ts'

const fields = [
  { key: 'amountMinor', label: 'Amount' },
  { key: 'custom.1', label: 'Discount, %' },
]

it('shows what fields are called, and keeps their keys; texts in quotes stay', () => {
  const typed = `{amount} * { Discount, % } & " {Amount} " & '{Amount}' & {wings}`
  const kept = `{amountMinor} * {custom.1} & " {Amount} " & '{Amount}' & {wings}`
  expect(withKeys(typed, fields)).toBe(kept)
  expect(withLabels(kept, fields)).toBe(`{Amount} * {Discount, %} & " {Amount} " & '{Amount}' & {wings}`)
})

it('brings every formula back as it was, whatever fields are called', () => {
  const labels = ['Amount', 'amount', 'a {b} c', '{}', 'amountMinor', 'custom.2', 'Bob\'s "own"', 'Amount (2)']
  const named = withOwnNames(
    ['amountMinor', ...labels.map((_, at) => `custom.${at}`)].map((key, at) => ({ key, label: at === 0 ? 'Amount' : (labels[at - 1] ?? '') })),
  )
  expect(new Set(named.map(({ label }) => label.toLowerCase())).size).toBe(named.length)
  const kept = `${named.map(({ key }) => `{${key}}`).join(' + ')} & '{Amount}' & {custom.gone}`
  const shown = withLabels(kept, named)
  expect(withKeys(shown, named)).toBe(kept)
  expect(named.filter(({ label }) => !shown.includes(`{${label}}`))).toEqual([])
})
