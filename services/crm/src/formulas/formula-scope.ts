import { CUSTOM_PREFIX, formulaFields, isFormulaKind, rulesWithin, type FieldKind, type FieldRecord } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import type { FieldRow } from '../fields/field.ts'
import type { Named } from './formula-part.ts'
import { builtInTree } from './named-fields.ts'

/** An address is a text to a formula. */
const givenBy = (kind: FieldKind): Named['gives'] => (kind === 'number' || kind === 'money' || kind === 'date' || kind === 'checkbox' ? kind : 'text')

/** The fields that a formula of the record can name, by their keys and by their labels; those that the role hides are not there. */
export function formulaScope({ rights }: Pick<Ctx, 'rights'>, record: FieldRecord, fields: readonly FieldRow[]): (name: string) => Named | undefined {
  const rules = rulesWithin(record, rights?.fields[record])
  const isSeen = (key: string) => rules[key] !== 'hidden'
  const builtIn = formulaFields(record).map(({ key, kind }): Named => ({ key, gives: givenBy(kind), tree: builtInTree(key) }))
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
