import type { Deal } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../../lib/api/api.ts'
import { explain } from '../../../../lib/api/explain.ts'
import { useCommand } from '../../../../lib/api/use-command.ts'
import { stagesIn, type PlacedStage } from '../../../../lib/pipelines/stages.ts'
import { usePipelines, useStageName } from '../../../../lib/pipelines/use-pipelines.ts'
import { useFieldRules } from '../../../../lib/session/session-store.ts'
import { showToast } from '../../../../ui/toast-store.ts'
import { demandedIn } from './demanded-keys.ts'
import type { MoveFields } from './demanded-form.ts'
import { MoveDialog } from './move-dialog.tsx'

/** A deal on its way to another stage, to another place, or both. */
export interface Move {
  readonly deal: Pick<Deal, 'id' | 'title' | 'stage'>
  readonly to: PlacedStage
  /** Its neighbours there; neither: on top. */
  readonly beforeId?: string | null
  readonly afterId?: string | null
  /** The neighbours that it leaves, for the way back. */
  readonly back?: { readonly beforeId: string | null; readonly afterId: string | null }
  readonly fields?: MoveFields
}

interface Follows {
  /** Before the server has answered. */
  onStart?: (move: Move) => void
  /** Refused, or waiting for values: the deal is where it was. */
  onFail?: (move: Move) => void
  onDone?: (move: Move, deal: Deal) => void
}

const send = ({ deal, to, beforeId, afterId, fields }: Move, idempotencyKey: string) =>
  api.crm.moveDeal({
    params: { dealId: deal.id },
    body: { stage: to.id, from: deal.stage, beforeId: beforeId ?? null, afterId: afterId ?? null, ...(fields ? { fields } : {}) },
    idempotencyKey,
  })

/** Moves deals one after the other; asks for what a stage demands; offers the way back. `dialog` has to stand somewhere. */
export function useMoveDeal({ onStart, onFail, onDone }: Follows = {}): { start: (move: Move) => void; isPending: boolean; dialog: ReactNode } {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const rules = useFieldRules('deal')
  const stages = stagesIn(usePipelines())
  const nameOf = useStageName()
  const [asked, setAsked] = useState<{ move: Move; keys: readonly string[]; error: Error | null } | null>(null)

  const tell = (move: Move, deal: Deal) => {
    const from = stages.find(({ id }) => id === move.deal.stage)
    if (move.deal.stage === deal.stage || !from) return
    const undo = () => run({ deal, to: from, beforeId: move.back?.beforeId ?? null, afterId: move.back?.afterId ?? null })
    const text = t('deals.movedToast', { title: deal.title, stage: nameOf(deal.stage) })
    showToast({ kind: 'done', text, action: { label: t('common.undo'), run: undo } })
  }
  const command = useCommand({
    turn: 'deal-moves',
    run: send,
    onSuccess: (deal, move) => {
      setAsked(null)
      cache.setQueryData(['crm', 'deal', deal.id], deal)
      void cache.invalidateQueries({ queryKey: ['crm', 'deals'] })
      void cache.invalidateQueries({ queryKey: ['crm', 'deal-timeline', deal.id] })
      onDone?.(move, deal)
      tell(move, deal)
    },
    onError: (error, move) => {
      onFail?.(move)
      const keys = demandedIn(error)
      void cache.invalidateQueries({ queryKey: ['crm', 'deal', move.deal.id] })
      if (keys || move.fields)
        return setAsked((before) => ({ move, keys: [...new Set([...(before?.keys ?? []), ...(keys ?? [])])], error: move.fields ? error : null }))
      return showToast({ kind: 'problem', text: explain(error, t) })
    },
  })
  const run = (move: Move) => {
    onStart?.(move)
    command.mutate(move)
  }
  const start = (move: Move) => {
    const isLoss = move.to.kind === 'lost' && move.deal.stage !== move.to.id
    if (isLoss && rules['lostReason'] === undefined) setAsked({ move, keys: [], error: null })
    else run(move)
  }
  const dialog = asked && (
    <MoveDialog
      key={`${asked.move.deal.id} ${asked.move.to.id} ${asked.keys.length === 0}`}
      stage={asked.move.to}
      keys={asked.keys}
      move={{ error: asked.error, isPending: command.isPending, mutate: (fields) => run({ ...asked.move, fields: { ...asked.move.fields, ...fields } }) }}
      onClose={() => setAsked(null)}
    />
  )
  return { start, isPending: command.isPending, dialog }
}
