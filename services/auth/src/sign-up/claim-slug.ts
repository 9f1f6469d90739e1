import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../ctx.ts'
import { slugCandidates, slugOf } from './slug.ts'

const NUMBERED = 20

/** Takes the first free slug of the name for the organisation, inside the caller's transaction. */
export async function claimSlug(db: Db, organizationId: string, name: string): Promise<string> {
  const candidates = slugCandidates(name, NUMBERED)
  const rows = await db.selectFrom('organizationSlug').select('slug').where('slug', 'in', candidates).execute()
  const taken = new Set(rows.map(({ slug }) => slug))
  const random = `${slugOf(name)}-${randomBytes(6).toString('hex')}`
  for (const slug of [...candidates.filter((candidate) => !taken.has(candidate)), random]) if (await claim(db, organizationId, slug)) return slug
  throw new Error('A random slug was taken: that does not happen.')
}

/** False when somebody else has it; waits for whoever is taking it in this moment. */
export async function claim(db: Db, organizationId: string, slug: string): Promise<boolean> {
  const claimed = await db
    .insertInto('organizationSlug')
    .columns(['slug', 'takenBy'])
    .expression(
      db
        .selectNoFrom([sql<string>`${slug}::text`.as('slug'), sql<string>`${organizationId}::uuid`.as('takenBy')])
        // Of an organisation that is gone: its customers may still write there.
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('retiredSlug')
                .select('digest')
                .where('digest', '=', sql<Buffer>`sha256(convert_to(${slug}, 'UTF8'))`),
            ),
          ),
        ),
    )
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('slug')
    .executeTakeFirst()
  return claimed !== undefined
}
