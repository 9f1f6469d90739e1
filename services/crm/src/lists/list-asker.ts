import { conditionsIn, customFieldIdOf, fieldPath, type CustomFieldKind, type FilterNode, type ListRecord } from '@ai-crm/contracts'
import type { Asker } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'

/** What lists need to know of a custom field. */
export interface CustomField {
  readonly id: string
  readonly record: ListRecord
  readonly kind: CustomFieldKind
  readonly relatesTo: ListRecord | null
  readonly options: readonly { readonly id: string }[]
}

/** Who asks a list, whose days are meant, and the custom fields that the question names. */
export interface ListAsker extends Asker {
  readonly zone: string
  readonly custom: ReadonlyMap<string, CustomField>
}

/** One statement more where custom fields are named, however many those are. */
export async function askerOf(ctx: Ctx, record: ListRecord, zone: string, keys: readonly string[]): Promise<ListAsker> {
  const ids = keys.flatMap((key) => customFieldIdOf(fieldPath(record, key).key) ?? []).filter((id) => UUID.test(id))
  const rows =
    ids.length === 0
      ? []
      : await ctx.db
          .selectFrom('field')
          .select(['id', 'record', 'kind', 'options', 'relatesTo'])
          .where('id', 'in', [...new Set(ids)])
          .where('deletedAt', 'is', null)
          .execute()
  return { ...(ctx.rights ? { rights: ctx.rights } : {}), zone, custom: new Map(rows.map((row) => [row.id, row])) }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const keysIn = (filter: FilterNode | null | undefined): string[] => (filter ? conditionsIn(filter).map(({ condition }) => condition.field) : [])
