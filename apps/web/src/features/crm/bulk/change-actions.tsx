import { ListRecord, type TimelineEntry } from '@ai-crm/contracts'
import { History, Undo2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { IconButton } from '../../../ui/button.tsx'
import { AsOfDialog } from './as-of-dialog.tsx'
import { UndoDialog } from './undo-dialog.tsx'

/** The record that an event of a story is a change of; null for what people wrote and did elsewhere. */
function changedBy({ type, data }: TimelineEntry): { record: ListRecord; id: string } | null {
  const record = ListRecord.safeParse(type.split('.')[0]).data
  const id = record && data[`${record}Id`]
  return record && typeof id === 'string' ? { record, id } : null
}

/** What makes a record come or go is undone by whoever may delete. */
const LIVES: ReadonlySet<string> = new Set(['deleted', 'restored'])
/** A record that was made is deleted; merges undo themselves; a hand-over is told by what it changed. */
const OTHERWISE: ReadonlySet<string> = new Set(['created', 'merged', 'unmerged', 'handed-over', 'undone'])

interface ChangeActionsProps {
  entry: TimelineEntry
  nameOf: (userId: string) => string | null
  /** What becomes of the fields when it is taken back. */
  children?: ReactNode
}

/** Beside a change in the story of a record: take it back, and see what the record was then. */
export function ChangeActions({ entry, nameOf, children }: ChangeActionsProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'undo' | 'then' | null>(null)
  const changed = changedBy(entry)
  const what = entry.type.split('.').at(-1) ?? ''
  const canUndo = useCan(`crm.${changed?.record ?? 'contact'}.${LIVES.has(what) ? 'delete' : 'update'}`)
  if (!changed) return null
  const { record, id } = changed
  const isUndoable = canUndo && !OTHERWISE.has(what)
  return (
    <>
      <span role="group" aria-label={t('bulk.actions')} className="ml-auto flex opacity-60 transition-opacity group-hover:opacity-100 focus-within:opacity-100">
        <IconButton label={t('bulk.asItWas')} className="size-6!" onClick={() => setOpen('then')}>
          <History />
        </IconButton>
        {isUndoable && (
          <IconButton label={t('bulk.undoChange')} className="size-6!" onClick={() => setOpen('undo')}>
            <Undo2 />
          </IconButton>
        )}
      </span>
      {open === 'undo' && (
        <UndoDialog what={{ eventId: entry.id }} record={record} nameOf={nameOf} onClose={() => setOpen(null)}>
          {children}
        </UndoDialog>
      )}
      {open === 'then' && <AsOfDialog record={record} id={id} at={entry.occurredAt} nameOf={nameOf} onClose={() => setOpen(null)} />}
    </>
  )
}
