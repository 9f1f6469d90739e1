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
  if (typeof companyId !== 'string') return endsLink(input, current) ? { ...input, companyId: null } : input
  if (companyId === current?.companyId) return { ...input, company: current.company }
  const company = await lockLiving(ctx, db, companyId)
  if (!company) throw companyUnknown('companyId')
  return { ...input, company: company.name }
}

const endsLink = (given: Given, current: Pick<Contact, 'company' | 'companyId'> | null): boolean =>
  given.companyId === undefined && given.company !== undefined && !!current?.companyId && given.company !== current.company
