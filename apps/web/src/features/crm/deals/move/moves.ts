import type { Deal } from '@ai-crm/contracts'
import type { PlacedStage } from '../../../../lib/pipelines/stages.ts'
import type { MoveFields } from './demanded-form.ts'
import { demandedIn } from './demanded-keys.ts'

/** A deal on its way to another stage, to another place, or both. */
export interface Move {
  readonly deal: Pick<Deal, 'id' | 'title' | 'stage'>
  readonly to: PlacedStage
  /** Its neighbours there; neither: on top. */
  readonly beforeId?: string | null
  readonly afterId?: string | null
  /** The neighbours that it leaves, for the way back, and what the lane that it leaves had given it. */
  readonly back?: { readonly beforeId: string | null; readonly afterId: string | null; readonly fields?: MoveFields }
  readonly fields?: MoveFields
}

/** The one move whose dialog is open. */
export interface AskedMove {
  readonly move: Move
  readonly keys: readonly string[]
  readonly error: Error | null
}

/**
 * The dialog after a move was refused. Null: it is nothing for a dialog; values would not help, or another move, which is on its way at the
 * same time, has it open.
 */
export function askedAfter(open: AskedMove | null, move: Move, error: Error): AskedMove | null {
  const keys = demandedIn(error)
  if (open ? open.move.deal.id !== move.deal.id : keys === null) return null
  return { move, keys: [...new Set([...(open?.keys ?? []), ...(keys ?? [])])], error: open && error }
}

const spotOf = ({ beforeId = null, afterId = null, fields }: Pick<Move, 'beforeId' | 'afterId' | 'fields'>) => ({
  beforeId,
  afterId,
  ...(fields ? { fields } : {}),
})

/** Back to where a deal came from, with what it had there, and from there forth again; null: it is where it was. */
export function wayBack(move: Move, deal: Move['deal'], from: PlacedStage): Move | null {
  if (move.deal.stage === deal.stage && !move.back?.fields) return null
  return { deal, to: from, ...spotOf(move.back ?? {}), back: spotOf(move) }
}
