import { CUSTOM_PREFIX, formulaFields, isFormulaKind, type FieldKind, type FieldRecord } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import type { FieldRow } from '../fields/field.ts'
import type { Named } from './formula-part.ts'

/** An address is a text to a formula. */
const givenBy = (kind: FieldKind): Named['gives'] => (kind === 'number' || kind === 'money' || kind === 'date' || kind === 'checkbox' ? kind : 'text')

const columnOf = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The fields that a formula of the record can name, by their keys and by their labels; those that the role hides are not there. */
export function formulaScope({ rights }: Pick<Ctx, 'rights'>, record: FieldRecord, fields: readonly FieldRow[]): (name: string) => Named | undefined {
  const isSeen = (key: string) => rights?.fields[record]?.[key] !== 'hidden'
  const builtIn = formulaFields(record).map(({ key, kind }): Named => {
    const tree = key === 'amountMinor' ? { op: 'amount' } : { op: 'column', name: columnOf(key) }
    return { key, gives: givenBy(kind), tree }
  })
  const custom = fields
    .filter(({ kind }) => isFormulaKind(kind))
    .map((field) => ({
      label: field.label.toLowerCase(),
      named: { key: CUSTOM_PREFIX + field.id, gives: givenBy(field.kind), tree: { op: 'custom', name: field.id } },
    }))
  const known = [...builtIn, ...custom.map(({ named }) => named)].filter(({ key }) => isSeen(key))
  return (name) => {
    const byLabel = custom.find(({ label, named }) => label === name.toLowerCase() && isSeen(named.key))
    return known.find(({ key }) => key === name) ?? byLabel?.named
  }
}
