import type { ListRecord, StartOperation } from '@ai-crm/contracts'
import { requirePermissions, requireUnlocked } from '../changes/field-locks.ts'
import type { Ctx } from '../ctx.ts'

const NEEDED = { change: 'update', delete: 'delete', restore: 'delete' } as const

/** What a single command asks: seeing such records, and the permission for what is done. Throws `operationDenied`, `fieldDenied` (403). */
export function requirePermitted(ctx: Ctx, { record, action }: StartOperation): void {
  requirePermissions(ctx, [`crm.${record}.read`, `crm.${record}.${NEEDED[action.do]}`], action.do)
  if (action.do === 'change') requireUnlocked(ctx, record, action.set)
}

/** Taking back needs to see such records; what is needed for each of them is asked when it is planned. */
export const requireUndoPermitted = (ctx: Ctx, record: ListRecord): void => requirePermissions(ctx, [`crm.${record}.read`], 'change')
