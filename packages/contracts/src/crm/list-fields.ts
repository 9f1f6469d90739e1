import { z } from 'zod'
import { CUSTOM_PREFIX, customFieldIdOf } from '../core/custom-field-key.ts'
import { CONSENTS, CONTACT_CHANNELS } from './contact-person.ts'
import { COMPANY_SIZES } from './company-sizes.ts'
import { STAGE_KINDS } from '../pipeline/stages.ts'
import type { CustomFieldKind, FieldKind } from './field-kinds.ts'

/** The kinds of records that have lists. */
export const LIST_RECORDS = ['contact', 'company', 'deal'] as const
export const ListRecord = z.enum(LIST_RECORDS)
export type ListRecord = z.infer<typeof ListRecord>

/** A field as lists know it: what can be asked of it, and whether a list can be walked in its order. */
export interface ListField {
  /** As in the record itself; `custom.<id>` of a field that an organisation added. */
  readonly key: string
  readonly kind: FieldKind
  readonly isSortable?: boolean
  /** The values of a select, in their order. */
  readonly options?: readonly string[]
  /** Values are ids. */
  readonly isOfIds?: boolean
  /** Of a relation: what it leads to. */
  readonly to?: ListRecord
  /** Where it answers fewer questions than its kind does. */
  readonly operators?: readonly string[]
}

const shared: readonly ListField[] = [
  { key: 'tagIds', kind: 'multiSelect', isOfIds: true },
  { key: 'createdAt', kind: 'instant', isSortable: true },
  { key: 'updatedAt', kind: 'instant', isSortable: true },
]

/** The built-in fields of each kind of record, in the order in which people are offered them. */
export const LIST_FIELDS: Readonly<Record<ListRecord, readonly ListField[]>> = {
  contact: [
    { key: 'name', kind: 'text', isSortable: true },
    { key: 'email', kind: 'text', isSortable: true },
    { key: 'phone', kind: 'text' },
    { key: 'company', kind: 'text', isSortable: true },
    { key: 'companyId', kind: 'relation', to: 'company' },
    { key: 'position', kind: 'text' },
    { key: 'note', kind: 'text' },
    { key: 'source', kind: 'select', options: ['manual', 'message', 'import'] },
    { key: 'ownerId', kind: 'person' },
    { key: 'preferredChannel', kind: 'select', options: CONTACT_CHANNELS, isSortable: true },
    { key: 'timeZone', kind: 'select', isSortable: true },
    { key: 'language', kind: 'select', isSortable: true },
    { key: 'consent', kind: 'select', options: CONSENTS, isSortable: true },
    { key: 'consentOn', kind: 'date', isSortable: true },
    { key: 'consentSource', kind: 'text' },
    { key: 'lastActivityAt', kind: 'instant', isSortable: true },
    ...shared,
  ],
  company: [
    { key: 'name', kind: 'text', isSortable: true },
    { key: 'domains', kind: 'text', operators: ['contains', 'isEmpty', 'isNotEmpty'] },
    { key: 'website', kind: 'url' },
    { key: 'phone', kind: 'text' },
    { key: 'address', kind: 'text' },
    { key: 'industry', kind: 'text', isSortable: true },
    { key: 'size', kind: 'select', options: COMPANY_SIZES, isSortable: true },
    { key: 'note', kind: 'text' },
    { key: 'parentId', kind: 'relation', to: 'company' },
    { key: 'ownerId', kind: 'person' },
    ...shared,
  ],
  deal: [
    { key: 'title', kind: 'text', isSortable: true },
    { key: 'amountMinor', kind: 'money', isSortable: true },
    { key: 'pipelineId', kind: 'select', isOfIds: true },
    // Which there are, the pipelines say.
    { key: 'stage', kind: 'select' },
    { key: 'stageKind', kind: 'select', options: STAGE_KINDS },
    { key: 'stageEnteredAt', kind: 'instant', isSortable: true },
    { key: 'lostReason', kind: 'text' },
    { key: 'expectedCloseOn', kind: 'date', isSortable: true },
    { key: 'companyId', kind: 'relation', to: 'company' },
    { key: 'ownerId', kind: 'person' },
    ...shared,
  ],
}

/** Where one hop leads: `company.industry` of a contact, `deals.stage` of a company. */
export interface ListRelation {
  readonly key: string
  readonly to: ListRecord
  /** Several: a condition asks whether any of them, or none, is so. */
  readonly isMany: boolean
  /** The field that tells of the relation: whoever may not see it does not see the relation. */
  readonly through?: { readonly record: ListRecord; readonly field: string }
}

export const LIST_RELATIONS: Readonly<Record<ListRecord, readonly ListRelation[]>> = {
  contact: [
    { key: 'company', to: 'company', isMany: false, through: { record: 'contact', field: 'companyId' } },
    { key: 'deals', to: 'deal', isMany: true },
  ],
  company: [
    { key: 'contacts', to: 'contact', isMany: true, through: { record: 'contact', field: 'companyId' } },
    { key: 'deals', to: 'deal', isMany: true },
  ],
  deal: [
    { key: 'company', to: 'company', isMany: false },
    { key: 'contacts', to: 'contact', isMany: true },
  ],
}

/** A key taken apart: the relation that it goes through, if any, and the key of the field there. */
export interface FieldPath {
  readonly relation: ListRelation | null
  readonly record: ListRecord
  readonly key: string
}

/** `deals.stage` of a contact is `stage` of a deal, through `deals`; `name` is a field of the record's own. */
export function fieldPath(record: ListRecord, key: string): FieldPath {
  const dot = key.indexOf('.')
  const relation = dot > 0 && customFieldIdOf(key) === null ? LIST_RELATIONS[record].find((one) => one.key === key.slice(0, dot)) : undefined
  return relation ? { relation, record: relation.to, key: key.slice(dot + 1) } : { relation: null, record, key }
}

export const builtInField = (record: ListRecord, key: string): ListField | undefined => LIST_FIELDS[record].find((field) => field.key === key)

/** Custom fields of these kinds have an order that lists can be walked in. */
export const SORTABLE_CUSTOM_KINDS: ReadonlySet<CustomFieldKind> = new Set(['text', 'url', 'number', 'money', 'date', 'select', 'checkbox'])

/** A list is grouped by fields of these kinds; dates and instants by months. */
export const GROUPABLE_KINDS: ReadonlySet<FieldKind> = new Set(['select', 'multiSelect', 'person', 'relation', 'checkbox', 'date', 'instant'])

/** A custom field as a field of lists. Whose team somebody is in is asked of owners only. */
export function customListField({
  id,
  kind,
  options,
  relatesTo,
}: {
  id: string
  kind: CustomFieldKind
  options: readonly { id: string }[]
  relatesTo: ListRecord | null
}): ListField {
  return {
    key: `${CUSTOM_PREFIX}${id}`,
    kind,
    isSortable: SORTABLE_CUSTOM_KINDS.has(kind),
    ...(kind === 'person' ? { operators: ['isMe', 'is', 'isNot', 'isAnyOf', 'isNoneOf', 'isEmpty', 'isNotEmpty'] } : {}),
    ...(kind === 'select' || kind === 'multiSelect' ? { options: options.map((option) => option.id) } : {}),
    ...(relatesTo ? { to: relatesTo } : {}),
  }
}
