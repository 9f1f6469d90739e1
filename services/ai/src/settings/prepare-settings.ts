import { Locale } from '@ai-crm/contracts'
import { z } from 'zod'
import type { Scope } from '../ctx.ts'

/** Of what auth tells about an organisation that is founded. */
const Founded = z.looseObject({ name: z.string(), locale: Locale })

/** Defaults of a new organisation; what was set before they came stays. */
export async function prepareSettings({ db }: Scope, input: unknown): Promise<void> {
  const { name: organizationName, locale } = Founded.parse(input)
  const known = { organizationName, locale }
  await db
    .insertInto('aiSettings')
    .values(known)
    .onConflict((conflict) => conflict.column('organizationId').doUpdateSet(known))
    .execute()
}

export async function forgetSettings({ db }: Scope): Promise<void> {
  await db.deleteFrom('aiSettings').execute()
}
