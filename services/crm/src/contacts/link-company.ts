import type { Contact, UpdateContact } from '@ai-crm/contracts'
import { lockLiving } from '../companies/company-tree.ts'
import { companyUnknown } from '../companies/errors.ts'
import type { Ctx, Db } from '../ctx.ts'

type Given = Pick<UpdateContact, 'company' | 'companyId'>

/**
 * What is given, with text and link in agreement: a linked company names itself, and a text that is not its name ends the link.
 * `current` is the contact so far; null: a new one. Throws `companyUnknown` (422).
 */
export async function linkCompany<Input extends Given>(ctx: Ctx, db: Db, input: Input, current: Pick<Contact, 'company' | 'companyId'> | null): Promise<Input> {
  const { companyId } = input
  const isNew = typeof companyId === 'string' && companyId !== current?.companyId
  const company = isNew ? await lockLiving(ctx, db, companyId) : null
  if (isNew && !company) throw companyUnknown('companyId')
  return linkTo(company?.name ?? null, input, current)
}

/** The same with the name of the company known that is given. */
export function linkTo<Input extends Given>(name: string | null, input: Input, current: Pick<Contact, 'company' | 'companyId'> | null): Input {
  const { companyId } = input
  if (typeof companyId !== 'string') return endsLink(input, current) ? { ...input, companyId: null } : input
  return { ...input, company: companyId === current?.companyId ? current.company : name }
}

const endsLink = (given: Given, current: Pick<Contact, 'company' | 'companyId'> | null): boolean =>
  given.companyId === undefined && given.company !== undefined && !!current?.companyId && given.company !== current.company
