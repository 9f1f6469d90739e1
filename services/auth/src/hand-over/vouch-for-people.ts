import { HandOverInput, type HandOverReason } from '@ai-crm/contracts'
import { permissionsOf } from '../members/permissions-of.ts'
import type { Scope } from '../ctx.ts'

/** Whoever the deal goes to can see deals, and whoever is to do something works here. */
export async function vouchForPeople({ db }: Scope, input: Readonly<Record<string, unknown>>): Promise<{ readonly refused: HandOverReason } | void> {
  const { ownerId, tasks } = HandOverInput.parse(input)
  const assigneeIds = tasks.flatMap(({ assigneeId }) => assigneeId ?? [])
  const active = await permissionsOf(db, [...new Set([...assigneeIds, ...(ownerId === null ? [] : [ownerId])])])
  if (ownerId !== null) {
    const permitted = active.get(ownerId)
    if (!permitted) return { refused: 'owner-left' }
    if (!permitted.has('crm.deal.read')) return { refused: 'owner-without-access' }
  }
  if (assigneeIds.some((id) => !active.has(id))) return { refused: 'assignee-left' }
}
