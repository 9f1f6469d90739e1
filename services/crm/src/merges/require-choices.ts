import { customFieldIdOf, MERGE_CHOICES, type MergeRecord, rulesWithin } from '@ai-crm/contracts'
import { fieldDenied, permissionDenied } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { noChoice } from './errors.ts'
import { MERGE_KINDS } from './merge-kind.ts'

/** Whoever merges takes a record away. Throws `permissionDenied` (403). */
export function requireMayMerge({ rights }: Ctx, record: MergeRecord): void {
  const { deletePermission } = MERGE_KINDS[record]
  if (rights && !rights.permissions.has(deletePermission)) throw permissionDenied(deletePermission)
}

/**
 * What was chosen are fields with one value that whoever asks may change. What a role hides cannot be chosen: of two values the survivor's stays, and an
 * empty one is filled. Throws `noChoice` (422), `fieldDenied` (403).
 */
export function requireChoices({ rights }: Ctx, record: MergeRecord, take: readonly string[]): void {
  const known: ReadonlySet<string> = new Set(MERGE_CHOICES[record])
  const unknown = take.findIndex((field) => !known.has(field) && customFieldIdOf(field) === null)
  if (unknown >= 0) throw noChoice(unknown)
  const rules = rulesWithin(record, rights?.fields[record])
  const denied = take.filter((field) => Object.hasOwn(rules, field))
  if (denied.length > 0) throw fieldDenied(denied)
}
