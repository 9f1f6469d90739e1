import { expect, it } from 'vitest'
import { withKeys, withLabels } from './formula-text.ts'

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
