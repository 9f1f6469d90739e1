import type { MergedValues } from '@ai-crm/contracts'
import { isCustomField } from './custom-fields-of.ts'
import { isSame, listOf, type ListShape, type Shape, type Values } from './record-values.ts'

/**
 * What the survivor gets, from → to. Single values: the other's where it was chosen or the survivor has none. Of a consent: see `outweighs`. Lists: united, the survivor's
 * items first, unless the other's first was chosen.
 */
export function mergedValues(shape: Shape, survivor: Values, other: Values, take: ReadonlySet<string>): MergedValues {
  const changes: MergedValues = {}
  for (const field of [...shape.scalars, ...Object.keys(other).filter(isCustomField)]) {
    const [from, given] = [survivor[field] ?? null, other[field] ?? null]
    const isTaken = field === 'consent' ? outweighs(given, from) : take.has(field)
    if (given !== null && (from === null || isTaken) && !isSame(from, given)) changes[field] = { from, to: given }
  }
  for (const [field, list] of Object.entries(shape.lists)) {
    const from = listOf(survivor, field)
    const to = united(list, from, listOf(other, field), take.has(shape.firsts[field] ?? ''))
    if (!isSame(from, to)) changes[field] = { from, to }
  }
  return changes
}

/** Whoever has said no has said it, whichever of the two it was; else what was said later holds. */
function outweighs(given: unknown, from: unknown): boolean {
  const said = (value: unknown, part: string) => String(typeof value === 'object' && value !== null ? Reflect.get(value, part) : '')
  const isNo = (value: unknown) => said(value, 'consent') === 'withdrawn'
  return isNo(given) === isNo(from) ? said(given, 'consentOn') > said(from, 'consentOn') : isNo(given)
}

function united({ keyOf }: ListShape, own: readonly unknown[], others: readonly unknown[], isOthersFirst: boolean): unknown[] {
  const known = new Set(own.map(keyOf))
  const added = others.filter((item) => !known.has(keyOf(item)))
  const [first] = others
  if (!isOthersFirst || first === undefined) return [...own, ...added]
  const isFirst = (item: unknown): boolean => keyOf(item) === keyOf(first)
  return [own.find(isFirst) ?? first, ...own.filter((item) => !isFirst(item)), ...added.filter((item) => !isFirst(item))]
}

/** Whose value each field has, where the two differed. */
export function provenanceOf(shape: Shape, survivor: Values, other: Values, changes: MergedValues): Record<string, 'survivor' | 'merged' | 'both'> {
  const fields = [...shape.scalars, ...Object.keys(shape.lists), ...Object.keys(other).filter(isCustomField)]
  const differing = fields.filter((field) => !isSame(survivor[field], other[field]) && !isNothing(other[field]))
  return Object.fromEntries(
    differing.map((field) => [field, !changes[field] ? 'survivor' : field in shape.lists && !isNothing(survivor[field]) ? 'both' : 'merged'] as const),
  )
}

const isNothing = (value: unknown): boolean => value === null || value === undefined || (Array.isArray(value) && value.length === 0)
