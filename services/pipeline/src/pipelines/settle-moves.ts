import type { Stage } from '@ai-crm/contracts'
import type { FieldError } from '@ai-crm/platform'
import { unsound } from './errors.ts'
import type { Retired } from './store-stages.ts'

interface Leaving {
  readonly moves: readonly Retired[]
  readonly removed: readonly Stage[]
  /** Of all pipelines, as they will be. */
  readonly staying: readonly Stage[]
}

/**
 * Where the deals of every stage go that goes; to one of the same kind, so that no deal is won, lost or opened again by a change of the
 * pipeline. Throws `unsound` (422) with all that is wrong.
 */
export function settleMoves({ moves, removed, staying }: Leaving): Retired[] {
  const problems: FieldError[] = moves.flatMap(({ stageId, into }, index) => {
    const from = removed.find(({ id }) => id === stageId)
    const to = staying.find(({ id }) => id === into)
    if (!from) return [{ field: `/moves/${index}/stageId`, message: 'This stage does not go.' }]
    if (moves.findIndex((other) => other.stageId === stageId) < index) return [{ field: `/moves/${index}/stageId`, message: 'Is there already' }]
    if (!to) return [{ field: `/moves/${index}/into`, message: 'There is no such stage, or it goes too.' }]
    return from.kind === to.kind ? [] : [{ field: `/moves/${index}/into`, message: `Only a stage that is ${from.kind} takes over what is ${from.kind}.` }]
  })
  const without = removed.filter(({ id }) => !moves.some(({ stageId }) => stageId === id))
  if (without.length > 0) problems.push({ field: '/moves', message: `Say where the deals go of: ${without.map(({ name }) => name).join(', ')}.` })
  if (problems.length > 0) throw unsound(problems)
  return moves.map(({ stageId, into }) => ({ stageId, into }))
}
