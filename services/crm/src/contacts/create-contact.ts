import type { Contact, CreateContact } from '@ai-crm/contracts'
import { requireMember } from '@ai-crm/platform'
import type { CountryCode } from 'libphonenumber-js/max'
import type { Ctx } from '../ctx.ts'
import { changed, customChanges } from '../fields/change-custom.ts'
import { requireDemanded } from '../fields/demanded-values.ts'
import { addressesOfNew } from './addresses.ts'
import { distinctTags, requireTags } from '../tags/known-tags.ts'
import { toContact } from './contact.ts'
import { emailTaken } from './errors.ts'
import { insertContact } from './insert-contact.ts'
import { linkCompany } from './link-company.ts'
import { personOfNew } from './settle-person.ts'
import { addressOfAnother, takenAddress } from './taken-addresses.ts'

/**
 * Of whoever makes it, unless told; `country`: where phones are of that name none. Throws `emailTaken`, `telegramTaken` (409), `companyUnknown`,
 * `tagUnknown`, `notAMember`, what settle-person, what change-custom and demanded-values throw (422); the addresses of a deleted contact are free again.
 */
export async function createContact(ctx: Ctx, input: CreateContact, country: CountryCode | null): Promise<Contact> {
  const ownerId = input.ownerId === undefined ? (ctx.rights?.userId ?? null) : input.ownerId
  const addresses = addressesOfNew(input, country)
  const person = personOfNew(input)
  return ctx.write(async (scope) => {
    await requireMember(ctx, scope.db, ownerId, 'ownerId')
    const tagIds = distinctTags(input.tagIds)
    await requireTags(scope.db, tagIds, [])
    const linked = await linkCompany(ctx, scope.db, input, null)
    const custom = changed({}, await customChanges(ctx, scope.db, 'contact', input.custom, {}))
    const row = await insertContact(scope, { ...linked, ...addresses, ...person, tagIds, ownerId, custom }, 'manual').catch((error: unknown) => {
      throw addressOfAnother(error, addresses, input)
    })
    if (!row) throw (await takenAddress(scope.db, addresses, input, null)) ?? emailTaken(addresses.email ?? '', '/email')
    requireDemanded(ctx, 'contact', row.demanded, custom)
    return toContact(row)
  })
}
