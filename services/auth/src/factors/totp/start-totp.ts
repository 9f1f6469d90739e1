import type { TotpEnrolment } from '@ai-crm/contracts'
import { v7 as uuidv7 } from 'uuid'
import type { Ctx } from '../../ctx.ts'
import { findPerson } from '../acting-person.ts'
import type { ActingPerson } from '../follow-factor-change.ts'
import { requirePasswordIfAny } from '../require-own-proof.ts'
import { sealSecret } from './seal-secret.ts'
import { enrolmentOf, newTotpSecret } from './totp.ts'
import { TOTP_KEY } from './spend-totp-code.ts'

/** A secret that waits for its first code; an earlier one that waited is forgotten, a confirmed one still counts. Throws `stepUpNeeded` (403). */
export async function startTotp(ctx: Ctx, person: ActingPerson): Promise<TotpEnrolment> {
  const { userId } = person
  await requirePasswordIfAny(ctx, person)
  const id = uuidv7()
  const secret = newTotpSecret()
  const encryptedSecret = sealSecret(ctx.deriveKey(TOTP_KEY), { userId, credentialId: id }, secret)
  const { email } = await findPerson(ctx.db, userId)
  await ctx.write(async ({ db }) => {
    await db
      .insertInto('totpCredential')
      .values({ id, userId, encryptedSecret })
      .onConflict((conflict) =>
        conflict
          .column('userId')
          .where('confirmedAt', 'is', null)
          .doUpdateSet((row) => ({
            id: row.ref('excluded.id'),
            encryptedSecret: row.ref('excluded.encryptedSecret'),
            createdAt: row.ref('excluded.createdAt'),
          })),
      )
      .execute()
  })
  return enrolmentOf(secret, email)
}
