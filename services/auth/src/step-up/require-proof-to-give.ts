import { isAdministering } from '@ai-crm/contracts'
import { requireFreshProof } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'

/**
 * Whoever makes somebody an administrator, in whatever way, has proven a moment ago who they are: a stolen token makes its thief none. Throws
 * `stepUpNeeded` (403).
 */
export function requireProofToGive(ctx: Ctx, permissions: Iterable<string>): void {
  if ([...permissions].some(isAdministering)) requireFreshProof(ctx.rights?.proof ?? null)
}
