import type { Operation } from '@ai-crm/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Check, TriangleAlert, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { isStatus } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { isOver, latestOperationsQuery, operationQuery } from './queries.ts'
import { SkippedDialog } from './skipped-dialog.tsx'
import { TouchedLink } from './touched-link.tsx'
import { forgetOperation, trackOperation, useTrackedOperations } from './tracked-operations.ts'
import { UndoDialog } from './undo-dialog.tsx'

type NameOf = (userId: string) => string | null

/** Work on many records while it runs, and what came of it: beside every page, until it is put away. */
export function OperationsPanel({ nameOf }: { nameOf: NameOf }) {
  const { t } = useTranslation()
  const tracked = useTrackedOperations()
  const latest = useQuery(latestOperationsQuery).data?.items
  useEffect(() => {
    for (const operation of latest ?? []) if (!isOver(operation)) trackOperation(operation.id)
  }, [latest])
  if (tracked.length === 0) return null
  return (
    <section
      aria-label={t('bulk.panel')}
      className="pointer-events-none fixed right-4 bottom-48 left-4 z-40 flex flex-col gap-2 sm:left-auto sm:w-96 md:bottom-24"
    >
      {tracked.map((id) => (
        <OperationCard key={id} id={id} nameOf={nameOf} />
      ))}
    </section>
  )
}

function OperationCard({ id, nameOf }: { id: string; nameOf: NameOf }) {
  const { data: operation, error } = useQuery(operationQuery(id))
  const cache = useQueryClient()
  const status = operation?.status
  const isDone = operation !== undefined && isOver(operation)
  useEffect(() => {
    if (isDone) void cache.invalidateQueries({ queryKey: ['crm'], predicate: ({ queryKey }) => queryKey[1] !== 'operations' })
  }, [isDone, status, cache])
  const isGone = isStatus(error, 404)
  useEffect(() => {
    if (isGone) forgetOperation(id)
  }, [isGone, id])
  if (!operation) return null
  return (
    <article className="pointer-events-auto flex animate-rise flex-col gap-2 rounded-xl border border-line bg-raised px-3 py-2.5 text-sm shadow-float">
      <Head operation={operation} />
      {isDone ? <Result operation={operation} nameOf={nameOf} /> : <Progress operation={operation} />}
    </article>
  )
}

function Head({ operation }: { operation: Operation }) {
  const { t } = useTranslation()
  const isBad = operation.status === 'failed' || operation.status === 'cancelled'
  return (
    <header className="flex items-center gap-2">
      {isOver(operation) && (isBad ? <TriangleAlert aria-hidden className="size-4 text-danger" /> : <Check aria-hidden className="size-4 text-ok" />)}
      <h2 className="flex-1 font-medium">{t(`bulk.kinds.${operation.kind}.${operation.record}`)}</h2>
      {isOver(operation) && (
        <IconButton label={t('common.close')} className="size-6!" onClick={() => forgetOperation(operation.id)}>
          <X />
        </IconButton>
      )}
    </header>
  )
}

function Progress({ operation: { id, total, changed, unchanged, skipped } }: { operation: Operation }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const done = changed + unchanged + skipped
  const cancel = useCommand({
    run: (operationId: string) => api.crm.cancelOperation({ params: { operationId } }),
    onSuccess: (operation) => cache.setQueryData(operationQuery(id).queryKey, operation),
  })
  return (
    <div className="flex items-center gap-3">
      <progress aria-label={t('bulk.progress')} value={done} max={Math.max(total ?? 0, 1)} className="h-1.5 min-w-0 flex-1 accent-accent" />
      <span className="text-xs text-muted tabular-nums">{t('bulk.doneOf', { done, total: total ?? 0 })}</span>
      <Button kind="quiet" className="h-6! px-2! text-xs!" isBusy={cancel.isPending} onClick={() => cancel.mutate(id)}>
        {t('bulk.stop')}
      </Button>
    </div>
  )
}

function Result({ operation, nameOf }: { operation: Operation; nameOf: NameOf }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'undo' | 'rest' | 'skipped' | null>(null)
  const { id, kind, record, status, changed, unchanged, skipped, reasons, undoesId, undoneById } = operation
  const texts = [
    t('bulk.changed', { count: changed }),
    ...(unchanged > 0 ? [t('bulk.already', { count: unchanged })] : []),
    ...(skipped > 0 ? [t('bulk.skipped', { count: skipped })] : []),
    ...(status === 'cancelled' || status === 'failed' ? [t(`bulk.ends.${status}`)] : []),
  ]
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <p role="status" className="flex-1 text-muted">
        {texts.join(' · ')}
      </p>
      <TouchedLink operation={operation} className="inline-flex h-7 items-center rounded-lg px-2 font-medium hover:bg-hover">
        {t('bulk.showTouched')}
      </TouchedLink>
      {reasons.length > 0 && (
        <Button kind="quiet" className="h-7! px-2!" onClick={() => setOpen('skipped')}>
          {t('bulk.show')}
        </Button>
      )}
      {changed > 0 && undoneById === null && kind !== 'merge' && (
        <Button kind="quiet" className="h-7! px-2! text-accent-text!" onClick={() => setOpen('undo')}>
          {t(kind === 'undo' ? 'bulk.redo' : 'common.undo')}
        </Button>
      )}
      {undoesId !== null && reasons.length > 0 && (
        <Button kind="quiet" className="h-7! px-2! text-accent-text!" onClick={() => setOpen('rest')}>
          {t('bulk.undoRest')}
        </Button>
      )}
      {open === 'rest' && undoesId !== null && (
        <UndoDialog what={{ operationId: undoesId }} record={record} nameOf={nameOf} onClose={() => setOpen(null)} onStarted={() => forgetOperation(id)} />
      )}
      {open === 'skipped' && <SkippedDialog operation={operation} onClose={() => setOpen(null)} />}
      {open === 'undo' && (
        <UndoDialog what={{ operationId: id }} record={record} nameOf={nameOf} onClose={() => setOpen(null)} onStarted={() => forgetOperation(id)} />
      )}
    </div>
  )
}
