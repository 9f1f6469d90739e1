import type { AskedAgain, ErasedPeople, ErasedPerson } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { beginErasure } from './begin-erasure.ts'
import { findPerson } from './find-person.ts'

const PAGE = 100

async function* list({ db, organizationId }: Ctx): AsyncIterable<ErasedPerson> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const { rows } = await sql<{ id: string; contactId: string; ids: string[] }>`
      select erasure.id, erasure.contact_id as "contactId", array(select mark.id from erased_aggregate mark where mark.erasure_id = erasure.id) as ids
        from person_erasure erasure where erasure.id > ${after}::uuid order by erasure.id limit ${PAGE}`.execute(db)
    for (const { contactId, ids } of rows) yield { organizationId, contactId, ids }
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = last.id
  }
}

/** In the database as it was, they may be several contacts: what was merged later is still apart. */
async function eraseAgain(ctx: Ctx, { contactId, ids }: ErasedPerson): Promise<AskedAgain> {
  const theirs = [contactId, ...ids]
  return ctx.write(async (scope) => {
    const contacts = await scope.db
      .selectFrom('contact')
      .select(['id', 'deletedAt', 'mergedInto'])
      .where(sql<boolean>`id = any(${theirs}::uuid[])`)
      .orderBy('id')
      .forUpdate()
      .execute()
    const whole = contacts.filter(({ mergedInto }) => mergedInto === null)
    for (const { id, deletedAt } of whole) await beginErasure(ctx, scope, { contactId: id, deletedAt, subject: await findPerson(ctx, scope.db, id) })
    const merged = contacts.filter(({ mergedInto }) => mergedInto !== null && !theirs.includes(mergedInto))
    return { asked: whole.map(({ id }) => id), merged: merged.map(({ id }) => id) }
  })
}

export const erasedPeople: ErasedPeople<Ctx> = { list, eraseAgain }
