import type { ListRecord, Locale } from '@ai-crm/contracts'
import { fieldsOf, type FieldRow } from '../fields/field.ts'
import type { Ctx } from '../ctx.ts'
import { isHidden } from '../lists/list-record.ts'
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
  /** Companies, contacts and deals that the page names (`related-names.ts`). */
  readonly related: ReadonlyMap<string, string>
  readonly atWall: (instant: string | null) => Cell
}

/** What holds for the whole list: small tables of the organisation. */
export async function namesOf(ctx: Ctx, record: ListRecord, language: Locale, zone: string): Promise<Names> {
  const [tags, people, fields, stages] = await Promise.all([
    ctx.db.selectFrom('tag').select(['id', 'name']).where('deletedAt', 'is', null).execute(),
    ctx.db.selectFrom('person').select(['userId', 'name', 'email']).execute(),
    fieldsOf(ctx.db, record),
    record === 'deal' ? readStages(ctx.db) : new Map<string, StageRow>(),
  ])
  return {
    language,
    tags: new Map(tags.map(({ id, name }) => [id, name])),
    people: calledApart(people),
    fields: fields.filter(({ id }) => !isHidden(ctx, record, `custom.${id}`)),
    stages: new Map([...stages.values()].map(({ id, name }) => [id, name])),
    related: new Map(),
    atWall: wallClock(zone),
  }
}

/** By their names; who shares theirs, by their address. */
function calledApart(people: readonly { userId: string; name: string; email: string }[]): Map<string, string> {
  const named = Map.groupBy(people, ({ name }) => name.toLowerCase())
  return new Map(people.map(({ userId, name, email }) => [userId, named.get(name.toLowerCase())?.length === 1 ? name : email]))
}
