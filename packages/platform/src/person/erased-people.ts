import { z } from 'zod'
import type { Ctx } from '../context.ts'

/** Of somebody who is or was erased, ids alone: of the contact, and of all that was marked as theirs with it. */
export const ErasedPerson = z.strictObject({ organizationId: z.uuid(), contactId: z.uuid(), ids: z.array(z.uuid()) })
export type ErasedPerson = z.infer<typeof ErasedPerson>

export interface AskedAgain {
  /** Contacts that were there, and are being erased. */
  readonly asked: readonly string[]
  /** Contacts that are a part of somebody else here, who was not erased: they have to be taken apart first. */
  readonly merged: readonly string[]
}

/** What a backup has to be told again once it is restored: whoever was erased after it was made is in it. Contexts are those of the organisation. */
export interface ErasedPeople<Within = Ctx> {
  /** Oldest first. */
  list(ctx: Within): AsyncIterable<ErasedPerson>
  eraseAgain(ctx: Within, person: ErasedPerson): Promise<AskedAgain>
}
