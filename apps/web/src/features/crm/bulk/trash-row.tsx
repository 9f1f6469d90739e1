import type { TrashItem } from '@ai-crm/contracts'
import { Eraser, Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../ui/button.tsx'
import { Time } from '../../../ui/time.tsx'

interface TrashRowProps {
  item: TrashItem
  nameOf: (userId: string) => string | null
  isChosen: boolean
  /** Absent where the person may not. */
  onToggle?: () => void
  onRestore?: () => void
  onErase?: () => void
}

/** A deleted record: what it was called, who deleted it and when, and until when it can come back. */
export function TrashRow({ item: { name, deletedAt, deletedBy, removedAt }, nameOf, isChosen, onToggle, onRestore, onErase }: TrashRowProps) {
  const { t } = useTranslation()
  const by = deletedBy?.id ? nameOf(deletedBy.id) : null
  return (
    <li className="flex min-h-12 items-center gap-3 px-4 py-2">
      {onToggle && (
        <input type="checkbox" className="size-4 shrink-0 accent-accent" aria-label={t('bulk.select', { name })} checked={isChosen} onChange={onToggle} />
      )}
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate font-medium">{name}</span>
        <span className="flex flex-wrap gap-x-2 text-xs text-muted">
          <span>{by ? t('bulk.trash.deletedBy', { name: by }) : t('bulk.trash.deleted')}</span>
          <Time at={deletedAt} />
          <span className="text-faint">
            {t('bulk.trash.removed')} <Time at={removedAt} />
          </span>
        </span>
      </span>
      {onErase && (
        <IconButton label={t('person.eraseNamed', { name })} onClick={onErase}>
          <Eraser />
        </IconButton>
      )}
      {onRestore && (
        <IconButton label={t('bulk.trash.restoreOne', { name })} onClick={onRestore}>
          <Undo2 />
        </IconButton>
      )}
    </li>
  )
}
