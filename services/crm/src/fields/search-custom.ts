import { customFieldIdOf, type FieldRecord } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../ctx.ts'

/** Ids of the custom fields that the role hides. */
const hiddenCustom = ({ rights }: Ctx, record: FieldRecord): string[] =>
  Object.entries(rights?.fields[record] ?? {}).flatMap(([field, rule]) => (rule === 'hidden' ? (customFieldIdOf(field) ?? []) : []))

/** What may be found of the custom values of a record, folded: whoever may not see a field must not find out by searching what is in it. */
export const shownCustomWords = (ctx: Ctx, record: FieldRecord): RawBuilder<string | null> =>
  sql<
    string | null
  >`crm.fold_text(crm.custom_words(${sql.ref(`${record}.organizationId`)}, ${sql.ref(`${record}.custom`)} - ${hiddenCustom(ctx, record)}::text[]))`
