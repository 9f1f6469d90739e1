import { CUSTOM_PREFIX, formulaFields, isFormulaKind, type Field, type FieldRecord, type FieldRule } from '@ai-crm/contracts'
import type { TFunction } from 'i18next'
import { fieldLabel } from '../lists/offered-fields.ts'

/** A field that a formula can name: by its key where it is kept, by what it is called where people read it. */
export interface NamedField {
  readonly key: string
  /** No other field's, and no key. */
  readonly label: string
}

interface Nameable {
  readonly record: FieldRecord
  /** Of the record, as far as the author sees them. */
  readonly fields: readonly Field[]
  readonly rules: Readonly<Record<string, FieldRule>>
  /** The field whose formula it is, which cannot name itself. */
  readonly fieldId: string | null
}

export function nameableFields(t: TFunction, { record, fields, rules, fieldId }: Nameable): NamedField[] {
  const builtIn = formulaFields(record).filter(({ key }) => rules[key] !== 'hidden')
  const own = fields.filter(({ id, kind }) => id !== fieldId && isFormulaKind(kind))
  return withOwnNames([
    ...builtIn.map(({ key }) => ({ key, label: fieldLabel(t, record, { key }) })),
    ...own.map(({ id, label }) => ({ key: CUSTOM_PREFIX + id, label })),
  ])
}

/** Two fields may be called the same, and a name may have braces in it: in a formula each has a name that leads back to it alone. */
export function withOwnNames(fields: readonly NamedField[]): NamedField[] {
  const taken = new Set(fields.map(({ key }) => key.toLowerCase()))
  return fields.map(({ key, label }) => {
    const plain = label.replaceAll(/[{}]/g, ' ').trim() || key
    let own = plain
    for (let count = 2; taken.has(own.toLowerCase()); count += 1) own = `${plain} (${count})`
    taken.add(own.toLowerCase())
    return { key, label: own }
  })
}

/** Texts in quotes stay as they are. */
const NAMES = /"[^"]*"|'[^']*'|\{([^{}]+)\}/g

const renamed = (formula: string, nameOf: (name: string) => string | undefined): string =>
  formula.replaceAll(NAMES, (whole, name: string | undefined) => (name === undefined ? whole : `{${nameOf(name.trim()) ?? name}}`))

export const withLabels = (formula: string, fields: readonly NamedField[]): string => renamed(formula, (name) => fields.find(({ key }) => key === name)?.label)

export const withKeys = (formula: string, fields: readonly NamedField[]): string =>
  renamed(formula, (name) => fields.find(({ label }) => label.toLowerCase() === name.toLowerCase())?.key)
