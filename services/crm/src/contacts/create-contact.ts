import type { Contact, CreateContact } from '@ai-crm/contracts'
import { requireMember } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { changed, customChanges } from '../fields/change-custom.ts'
import { requireDemanded } from '../fields/demanded-values.ts'
import { toContact } from './contact.ts'
import { emailTaken } from './errors.ts'
import { insertContact } from './insert-contact.ts'
import { linkCompany } from './link-company.ts'

/** Of whoever makes it, unless told. Throws `emailTaken` (409), `companyUnknown`, `notAMember`, what change-custom and demanded-values throw (422); the address of a deleted contact is free again. */
export async function createContact(ctx: Ctx, input: CreateContact): Promise<Contact> {
  const ownerId = input.ownerId === undefined ? (ctx.rights?.userId ?? null) : input.ownerId
  return ctx.write(async (scope) => {
    await requireMember(ctx, scope.db, ownerId, 'ownerId')
    const linked = await linkCompany(ctx, scope.db, input, null)
    const custom = changed({}, await customChanges(ctx, scope.db, 'contact', input.custom, {}))
    const row = await insertContact(scope, { ...linked, ownerId, custom }, 'manual')
    if (!row) throw emailTaken(input.email ?? '')
    requireDemanded(ctx, 'contact', row.demanded, custom)
    return toContact(row)
  })
}
