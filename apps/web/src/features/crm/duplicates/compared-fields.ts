import { CUSTOM_PREFIX, type Field, type FieldRule, MERGE_CHOICES, MERGE_SETTLED, type MergeRecord } from '@ai-crm/contracts'
import type { Mergeable } from './queries.ts'

/** A line of the comparison. */
export interface ComparedField {
  readonly key: string
  /** Whose value stays can be chosen; of lists, whose first is the primary one. */
  readonly isChoice: boolean
  /** Lists are united. */
  readonly isList: boolean
  readonly custom: Field | null
}

const LISTS: Readonly<Record<MergeRecord, readonly string[]>> = { contact: ['telegrams', 'tagIds'], company: ['domains', 'tagIds'] }
/** Choices that are the first of a list. */
const FIRSTS: ReadonlySet<string> = new Set(['email', 'phone'])

/** What the two are compared by, in the order of the page; without what the role hides. */
export function comparedFields(record: MergeRecord, fields: readonly Field[], rules: Readonly<Record<string, FieldRule>>): ComparedField[] {
  const builtIn = [...MERGE_CHOICES[record], ...MERGE_SETTLED[record], ...LISTS[record]].map((key) => ({
    key,
    isChoice: !LISTS[record].includes(key) && !MERGE_SETTLED[record].includes(key),
    isList: LISTS[record].includes(key) || (record === 'contact' && FIRSTS.has(key)),
    custom: null,
  }))
  const own = fields.filter(({ formula }) => formula === null).map((custom) => ({ key: `${CUSTOM_PREFIX}${custom.id}`, isChoice: true, isList: false, custom }))
  return [...builtIn, ...own].filter(({ key }) => rules[key] !== 'hidden').map((field) => ({ ...field, isChoice: field.isChoice && !(field.key in rules) }))
}

/** As the reader sees it; null: nothing. */
export function valueOf(record: Mergeable, { key, custom }: ComparedField): unknown {
  if (custom) return record.custom?.[custom.id] ?? null
  if (key === 'email') return listed(record.emails?.map(({ address }) => address))
  if (key === 'phone' && record.phones) return listed(record.phones.map(({ international, number }) => international ?? number))
  if (key === 'telegrams') return listed(record.telegrams?.map(({ id, username }) => (username ? `@${username}` : (id ?? ''))))
  const entry = Object.entries(record).find(([name]) => name === key)
  return Array.isArray(entry?.[1]) ? listed(entry[1]) : (entry?.[1] ?? null)
}

const listed = (items: readonly unknown[] | undefined): readonly unknown[] | null => (items && items.length > 0 ? items : null)

export const isSameValue = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** How much is known of a record: of two, the one of which more is stays, unless told. */
export const richness = (record: Mergeable, fields: readonly ComparedField[]): number => fields.filter((field) => valueOf(record, field) !== null).length
