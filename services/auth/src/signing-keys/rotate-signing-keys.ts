import { sql } from 'kysely'
import type { PublicCtx } from '../ctx.ts'
import { createSigningKey, lockSigningKeys } from './create-signing-key.ts'
import { KEEP_AFTER, PUBLISH_AHEAD, SIGNS_FOR } from './signing-key.ts'

const ago = (interval: string) => sql<Date>`now() - cast(${interval} as interval)`

/** Publishes the next key when the newest is old enough, and forgets keys whose successor has signed for long enough. */
export async function rotateSigningKeys(ctx: PublicCtx): Promise<void> {
  await ctx.write(async ({ db }) => {
    await lockSigningKeys(db)
    const young = await db.selectFrom('signingKey').select('kid').where('signsFrom', '>', ago(SIGNS_FOR)).limit(1).executeTakeFirst()
    if (!young) await createSigningKey(ctx, db, PUBLISH_AHEAD)
    await db
      .deleteFrom('signingKey')
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('signingKey as successor')
            .select('successor.kid')
            .whereRef('successor.signsFrom', '>', 'signingKey.signsFrom')
            .where('successor.signsFrom', '<', ago(KEEP_AFTER)),
        ),
      )
      .execute()
  })
}
