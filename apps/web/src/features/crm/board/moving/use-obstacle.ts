import type { MoveObstacle } from '@ai-crm/contracts'
import { forbiddenBy } from '../../../../lib/pipelines/forbidden.ts'
import { useMe } from '../../../../lib/session/session-store.ts'
import { useHeldCard } from './drag-store.ts'
import type { Cell } from './place.ts'

/** Why the card that is held may not enter this cell, as far as the rules of its stage say; null also while none is held. */
export function useObstacle({ stage }: Cell, count: number): MoveObstacle | null {
  const me = useMe()
  const held = useHeldCard()
  if (!held) return null
  return forbiddenBy({ from: held.stage, to: stage, me, count })
}
