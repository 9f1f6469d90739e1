import { CUSTOM_PREFIX, formulaFields, isFormulaKind, type Field, type FieldRecord } from '@ai-crm/contracts'
import type { TFunction } from 'i18next'
import { fieldLabel } from '../lists/offered-fields.ts'

/** A field that a formula can name: by its key where it is kept, by what it is called where people read it. */
export interface NamedField {
  readonly key: string
  readonly label: string
}

/** `fieldId`: the field whose formula it is, which cannot name itself. */
export const nameableFields = (t: TFunction, record: FieldRecord, fields: readonly Field[], fieldId: string | null): NamedField[] => [
  ...formulaFields(record).map(({ key }) => ({ key, label: fieldLabel(t, record, { key }) })),
  ...fields.filter(({ id, kind }) => id !== fieldId && isFormulaKind(kind)).map(({ id, label }) => ({ key: CUSTOM_PREFIX + id, label })),
]

/** Texts in quotes stay as they are. */
const NAMES = /"[^"]*"|'[^']*'|\{([^{}]+)\}/g

const renamed = (formula: string, nameOf: (name: string) => string | undefined): string =>
  formula.replaceAll(NAMES, (whole, name: string | undefined) => (name === undefined ? whole : `{${nameOf(name.trim()) ?? name}}`))

export const withLabels = (formula: string, fields: readonly NamedField[]): string => renamed(formula, (name) => fields.find(({ key }) => key === name)?.label)

export const withKeys = (formula: string, fields: readonly NamedField[]): string =>
  renamed(formula, (name) => fields.find(({ label }) => label.toLowerCase() === name.toLowerCase())?.key)
