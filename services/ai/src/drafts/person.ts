import type { Ctx } from '../ctx.ts'
import { personRequired } from './errors.ts'

/** The user who acts: drafts are asked for and decided by people only (reliability 5.31). */
export function personOf({ actor }: Pick<Ctx, 'actor'>): string {
  if (actor.type !== 'user' || actor.id === null) throw personRequired()
  return actor.id
}
