import type { Stoppable } from '@ai-crm/platform'
import { v7 as uuidv7 } from 'uuid'
import type { PublicCtx } from '../ctx.ts'
import { hashPassword } from '../passwords/hash-password.ts'
import { claim } from '../sign-up/claim-slug.ts'
import { createAccount } from '../sign-up/create-account.ts'
import { foundOrganization } from '../sign-up/found-organization.ts'

const SLUG = 'demo'
const NOTHING_RUNS: Stoppable = { stop: async () => undefined }

/** Undoes the claim of the slug: whoever has the account keeps it, and their password. */
class AddressTaken extends Error {}

/** An organisation to look around in. Made once: whoever takes the slug first makes it, in one transaction. */
export async function seedDemo(publicCtx: PublicCtx): Promise<Stoppable> {
  if (!publicCtx.config.DEMO_ORGANIZATION || (await isThere(publicCtx))) return NOTHING_RUNS

  const { DEMO_EMAIL: email, DEMO_PASSWORD: password } = publicCtx.config
  if (password === undefined) throw new Error('DEMO_ORGANIZATION needs a DEMO_PASSWORD: no installation has one that others know.')

  const founder = { userId: uuidv7(), name: 'Demo Owner', email, locale: 'en' } as const
  const passwordHash = await hashPassword(password)
  const ctx = publicCtx.enter(uuidv7(), { type: 'system', id: null })
  try {
    await ctx.write(async (scope) => {
      if (!(await claim(scope.db, ctx.organizationId, SLUG))) return
      if (!(await createAccount(scope.db, founder, passwordHash))) throw new AddressTaken()
      await foundOrganization(ctx, scope, { name: 'Demo', slug: SLUG }, founder)
    })
  } catch (error) {
    if (!(error instanceof AddressTaken)) throw error
    publicCtx.log.warn('no demo organisation: DEMO_EMAIL has an account already, which stays as it is')
  }
  return NOTHING_RUNS
}

async function isThere(ctx: PublicCtx): Promise<boolean> {
  const row = await ctx.db.selectFrom('organizationSlug').select('slug').where('slug', '=', SLUG).executeTakeFirst()
  return row !== undefined
}
