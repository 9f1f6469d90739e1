import type { ListRecord, Locale } from '@ai-crm/contracts'
import { fieldsOf, type FieldRow } from '../fields/field.ts'
import type { Ctx } from '../ctx.ts'
import { inSight, isHidden, mayReadSome } from '../lists/list-record.ts'
import { readStages, type StageRow } from '../stages/stage.ts'
import type { Cell } from './cell.ts'
import { wallClock } from './wall-clock.ts'

/** What ids of a list are called, as far as whoever asks may know. */
export interface Names {
  readonly language: Locale
  readonly tags: ReadonlyMap<string, string>
  readonly people: ReadonlyMap<string, string>
  /** Custom fields that are shown, in their order. */
  readonly fields: readonly FieldRow[]
  /** Of deals, retired ones too. */
  readonly stages: ReadonlyMap<string, string>
  /** Companies, contacts and deals that the page names. */
  readonly related: ReadonlyMap<string, string>
  readonly atWall: (instant: string | null) => Cell
}

/** What holds for the whole list: small tables of the organisation. */
export async function namesOf(ctx: Ctx, record: ListRecord, language: Locale, zone: string): Promise<Names> {
  const [tags, people, fields, stages] = await Promise.all([
    ctx.db.selectFrom('tag').select(['id', 'name']).where('deletedAt', 'is', null).execute(),
    ctx.db.selectFrom('person').select(['userId', 'name']).execute(),
    fieldsOf(ctx.db, record),
    record === 'deal' ? readStages(ctx.db) : new Map<string, StageRow>(),
  ])
  return {
    language,
    tags: new Map(tags.map(({ id, name }) => [id, name])),
    people: new Map(people.map(({ userId, name }) => [userId, name])),
    fields: fields.filter(({ id }) => !isHidden(ctx, record, `custom.${id}`)),
    stages: new Map([...stages.values()].map(({ id, name }) => [id, name])),
    related: new Map(),
    atWall: wallClock(zone),
  }
}

/** Names of related records within reach, one statement per kind; the others are left out as if they were not there. */
export async function relatedNames(ctx: Ctx, ids: Readonly<Record<ListRecord, ReadonlySet<string>>>): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  const note = (rows: readonly { id: string; name: string }[]) => rows.forEach(({ id, name }) => names.set(id, name))
  const named = (record: ListRecord) => (mayReadSome(ctx, record) && ids[record].size > 0 ? [...ids[record]] : null)
  const [companies, contacts, deals] = [named('company'), named('contact'), named('deal')]
  if (companies) note(await ctx.db.selectFrom('company').select(['id', 'name']).where('id', 'in', companies).where(inSight(ctx, 'company')).execute())
  if (contacts) note(await ctx.db.selectFrom('contact').select(['id', 'name']).where('id', 'in', contacts).where(inSight(ctx, 'contact')).execute())
  if (deals) note(await ctx.db.selectFrom('deal').select(['id', 'title as name']).where('id', 'in', deals).where(inSight(ctx, 'deal')).execute())
  return names
}
