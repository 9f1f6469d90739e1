import { fieldPath, LIST_FIELDS, LIST_RELATIONS, rulesWithin, type FieldRule, type ListField, type ListRecord, type Me } from '@ai-crm/contracts'
import type { TFunction } from 'i18next'

/** A field with the key by which the list of another record names it: `company.industry`. */
export interface OfferedField {
  readonly path: string
  readonly field: ListField
  readonly record: ListRecord
  readonly relation: string | null
  readonly isMany: boolean
}

export type Reader = Pick<Me, 'fields' | 'permissions'>

/** What of a kind of record the reader can filter by: its own fields and those of related records, without what their role hides. */
export function offeredFields(record: ListRecord, me: Reader): OfferedField[] {
  const isHidden = (of: ListRecord, key: string) => hides(me.fields[of], of, key)
  const of = (kind: ListRecord) => LIST_FIELDS[kind].filter(({ key }) => !isHidden(kind, key))
  const own = of(record).map((field) => ({ path: field.key, field, record, relation: null, isMany: false }))
  const related = LIST_RELATIONS[record]
    .filter(({ to, through }) => me.permissions.includes(`crm.${to}.read`) && !(through && isHidden(through.record, through.field)))
    .flatMap(({ key, to, isMany }) => of(to).map((field) => ({ path: `${key}.${field.key}`, field, record: to, relation: key, isMany })))
  return [...own, ...related]
}

const hides = (rules: Readonly<Record<string, FieldRule>> | undefined, record: ListRecord, key: string): boolean => rulesWithin(record, rules)[key] === 'hidden'

export function fieldLabel(t: TFunction, record: ListRecord, key: string): string {
  return record === 'company' && key === 'name' ? t('lists.companyName') : t(`lists.fields.${key}`, key)
}

export function pathLabel(t: TFunction, record: ListRecord, path: string): string {
  const { relation, record: of, key } = fieldPath(record, path)
  const field = fieldLabel(t, of, key)
  return relation ? t('lists.related', { relation: relationLabel(t, relation.key), field }) : field
}

export const relationLabel = (t: TFunction, key: string): string => t(`lists.relations.${key}`, key)

/** What a value of a select is called. */
export function optionLabel(t: TFunction, { key }: ListField, option: string): string {
  if (key === 'stage') return t(`deals.stages.${option}`, option)
  if (key === 'source') return t(`contacts.source.${option}`, option)
  return key === 'size' ? t('companies.people', { range: option }) : option
}

