import type { UpdateContact } from '@ai-crm/contracts'
import { isUniqueViolation } from '@ai-crm/platform'
import type { Db } from '../ctx.ts'
import { type Addresses } from './addresses.ts'
import { normalEmail } from './normal-email.ts'
import { emailTaken, telegramTaken } from './errors.ts'

type Given = Pick<UpdateContact, 'emails' | 'telegrams'>
type Unique = Partial<Pick<Addresses, 'emails' | 'telegrams'>>

interface Claim {
  readonly kind: 'email' | 'telegram'
  readonly value: string
  readonly taken: () => Error
}

/** The addresses that can be of one contact only, and what to say where one is of somebody else. `given`: how they were asked for. */
function claimsIn({ emails = [], telegrams = [] }: Unique, given: Given): Claim[] {
  const byEmail = emails.map(({ address }): Claim => {
    const index = given.emails?.findIndex((each) => normalEmail(each.address) === normalEmail(address))
    return { kind: 'email', value: normalEmail(address), taken: () => emailTaken(address, index === undefined ? '/email' : `/emails/${index}/address`) }
  })
  const byTelegram = telegrams.flatMap(({ id }): Claim[] => {
    const index = given.telegrams?.findIndex((each) => each.id === id)
    return id === null ? [] : [{ kind: 'telegram', value: id, taken: () => telegramTaken(id, `/telegrams/${index}/id`) }]
  })
  return [...byEmail, ...byTelegram]
}

/** `emailTaken` or `telegramTaken` for the first address that another living contact has; null where none is. */
export async function takenAddress(db: Db, addresses: Unique, given: Given, contactId: string | null): Promise<Error | null> {
  const claims = claimsIn(addresses, given)
  if (claims.length === 0) return null
  const rows = await db
    .selectFrom('contactAddress')
    .select(['kind', 'value'])
    .where(({ or, and, eb }) => or(claims.map(({ kind, value }) => and([eb('kind', '=', kind), eb('value', '=', value)]))))
    .$if(contactId !== null, (query) => query.where('contactId', '<>', contactId ?? ''))
    .execute()
  return claims.find(({ kind, value }) => rows.some((row) => row.kind === kind && row.value === value))?.taken() ?? null
}

/** The same where somebody else has taken one in this moment: the key does not say which, so it is the first; other errors as they are. */
export function addressOfAnother(error: unknown, addresses: Unique, given: Given): unknown {
  const isTaken = isUniqueViolation(error, 'contact_address_owner_key') || isUniqueViolation(error, 'contact_email_key')
  return isTaken ? (claimsIn(addresses, given)[0]?.taken() ?? error) : error
}
