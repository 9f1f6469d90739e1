import type { Deal } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../../lib/api/api.ts'
import { explain } from '../../../../lib/api/explain.ts'
import { useCommand } from '../../../../lib/api/use-command.ts'
import { stagesIn } from '../../../../lib/pipelines/stages.ts'
import { usePipelines, useStageName } from '../../../../lib/pipelines/use-pipelines.ts'
import { useFieldRules } from '../../../../lib/session/session-store.ts'
import { showToast } from '../../../../ui/toast-store.ts'
import { MoveDialog } from './move-dialog.tsx'
import { askedAfter, wayBack, type AskedMove, type Move } from './moves.ts'

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
  const [asked, setAsked] = useState<AskedMove | null>(null)
  // Several moves can be on their way: their answers, heard by older renders, find here whose dialog is open by now.
  const open = useRef(asked)
  const ask = (next: AskedMove | null) => {
    open.current = next
    setAsked(next)
  }

  const tell = (move: Move, deal: Deal) => {
    const from = stages.find(({ id }) => id === move.deal.stage)
    const back = from && wayBack(move, deal, from)
    if (!back) return
    const text =
      move.deal.stage === deal.stage ? t('deals.laneToast', { title: deal.title }) : t('deals.movedToast', { title: deal.title, stage: nameOf(deal.stage) })
    showToast({ kind: 'done', text, action: { label: t('common.undo'), run: () => run(back) } })
  }
  const command = useCommand({
    turn: 'deal-moves',
    run: send,
    onSuccess: (deal, move) => {
      if (open.current?.move.deal.id === deal.id) ask(null)
      cache.setQueryData(['crm', 'deal', deal.id], deal)
      void cache.invalidateQueries({ queryKey: ['crm', 'deals'] })
      void cache.invalidateQueries({ queryKey: ['crm', 'deal-timeline', deal.id] })
      onDone?.(move, deal)
      tell(move, deal)
    },
    onError: (error, move) => {
      onFail?.(move)
      void cache.invalidateQueries({ queryKey: ['crm', 'deal', move.deal.id] })
      const next = askedAfter(open.current, move, error)
      if (next) ask(next)
      else showToast({ kind: 'problem', text: explain(error, t) })
    },
  })
  const run = (move: Move) => {
    onStart?.(move)
    command.mutate(move)
  }
  const start = (move: Move) => {
    const isLoss = move.to.kind === 'lost' && move.deal.stage !== move.to.id
    if (isLoss && rules['lostReason'] === undefined) ask({ move, keys: [], error: null })
    else run(move)
  }
  const dialog = asked && (
    <MoveDialog
      key={`${asked.move.deal.id} ${asked.move.to.id} ${asked.keys.length === 0}`}
      stage={asked.move.to}
      keys={asked.keys}
      move={{ error: asked.error, isPending: command.isPending, mutate: (fields) => run({ ...asked.move, fields: { ...asked.move.fields, ...fields } }) }}
      onClose={() => ask(null)}
    />
  )
  return { start, isPending: command.isPending, dialog }
}
