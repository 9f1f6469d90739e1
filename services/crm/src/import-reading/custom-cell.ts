import type { CustomValue, ImportSettings } from '@ai-crm/contracts'
import type { FieldRow } from '../fields/field.ts'
import { readValue } from '../fields/custom-value.ts'
import { minorOf } from '../list-export/decimal.ts'
import { readSeveral } from '../several-in-cell.ts'
import { checkboxOf, dayOf, moneyOf, numberOf, type NumberStyle } from './values.ts'

export interface CustomCellContext {
  readonly dates: ImportSettings['dates']
  readonly numbers: NumberStyle
  /** Members by name and by address, in lower case. */
  readonly people: ReadonlyMap<string, string>
}

/** What a field keeps of a cell; null where it cannot be any of it. */
export function customCell(field: FieldRow, text: string, context: CustomCellContext): CustomValue | null {
  const given = givenOf(field, text, context)
  if (given === null) return null
  const read = readValue(field, given, null)
  return 'isWrong' in read ? null : read.value
}

type Given = Parameters<typeof readValue>[1]

function givenOf({ kind, options, currency }: FieldRow, text: string, { dates, numbers, people }: CustomCellContext): Given {
  const optionOf = (label: string): string | null => {
    const found = options.find((option) => !option.isArchived && (option.id === label || option.label.toLowerCase() === label.toLowerCase()))
    return found?.id ?? null
  }
  if (kind === 'number') return numberOf(text, numbers)
  if (kind === 'date') return dayOf(text, dates)
  if (kind === 'checkbox') return checkboxOf(text)
  if (kind === 'select') return optionOf(text)
  if (kind === 'person') return people.get(text.toLowerCase()) ?? null
  if (kind === 'url') return /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`
  if (kind === 'multiSelect') {
    const ids = readSeveral(text).map(optionOf)
    // Files of others do not quote an option that looks like several.
    return (ids.every((id) => id !== null) ? ids : [optionOf(text)]).flatMap((id) => id ?? [])
  }
  if (kind === 'money') {
    const money = moneyOf(text, currency, numbers)
    return money && { amountMinor: minorOf(money.amount, money.currency), currency: money.currency }
  }
  return kind === 'text' ? text : null
}
