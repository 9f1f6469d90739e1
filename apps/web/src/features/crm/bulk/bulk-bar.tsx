import type { ListRecord } from '@ai-crm/contracts'
import { Pencil, Tag, Trash2, UserRound, Waypoints, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { useShortcut } from '../../../lib/shortcuts/use-shortcut.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import type { RowSelection } from '../lists/use-row-selection.ts'
import type { Colleague } from '../records/owner-field.tsx'
import { BulkDialog } from './bulk-dialog.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import type { Selected } from './operation-of.ts'
import { TagsDialog } from './tags-dialog.tsx'

interface BulkBarProps {
  record: ListRecord
  selection: RowSelection
  /** What the list is asked, of which all can be selected. */
  asked: Record<string, unknown>
  /** All rows are loaded: there are no others to select. */
  isComplete: boolean
  members: readonly Colleague[]
  nameOf: (userId: string) => string | null
}

/** The order and the page of a list say nothing about what is in it. */
const ORDER: ReadonlySet<string> = new Set(['sort', 'direction', 'limit', 'cursor'])
const listOf = (asked: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(asked).flatMap(([key, value]) => (ORDER.has(key) || typeof value !== 'string' ? [] : [[key, value]])))

type Open = { dialog: 'change'; fieldKey?: string } | { dialog: 'tags' } | { dialog: 'delete' }

/** What can be done to the selected rows; gone when none is. */
export function BulkBar({ record, selection, asked, isComplete, members, nameOf }: BulkBarProps) {
  const { t } = useTranslation()
  const canUpdate = useCan(`crm.${record}.update`)
  const canDelete = useCan(`crm.${record}.delete`)
  const [open, setOpen] = useState<Open | null>(null)
  const isSome = selection.isAll || selection.ids.size > 0
  useShortcut(isSome ? { keys: 'escape', label: t('bulk.clear'), group: 'list', run: selection.clear } : null)
  useShortcut(isSome && canUpdate ? { keys: 't', label: t('bulk.tags'), group: 'list', run: () => setOpen({ dialog: 'tags' }) } : null)
  useShortcut(isSome && canUpdate ? { keys: 'e', label: t('bulk.change'), group: 'list', run: () => setOpen({ dialog: 'change' }) } : null)
  if (!isSome) return null
  const selected: Selected = selection.isAll ? { query: listOf(asked) } : { ids: [...selection.ids] }
  const dialog = { record, selected, nameOf, onClose: () => setOpen(null), onStarted: selection.clear }
  return (
    <div
      role="toolbar"
      aria-label={t('bulk.bar')}
      className="flex shrink-0 animate-rise flex-wrap items-center gap-1.5 border-t border-line bg-accent-soft px-3 py-1.5 text-sm md:px-5"
    >
      <span role="status" className="mr-1 font-medium tabular-nums">
        {selection.isAll ? t('bulk.allSelected') : t('bulk.selected', { count: selection.ids.size })}
      </span>
      {!selection.isAll && !isComplete && (
        <Button kind="quiet" className="text-accent-text!" onClick={selection.selectAll}>
          {t('bulk.selectAll')}
        </Button>
      )}
      {canUpdate && (
        <>
          {record === 'deal' && (
            <Button icon={<Waypoints />} onClick={() => setOpen({ dialog: 'change', fieldKey: 'stage' })}>
              {t('deals.stage')}
            </Button>
          )}
          <Button icon={<UserRound />} onClick={() => setOpen({ dialog: 'change', fieldKey: 'ownerId' })}>
            {t('records.owner')}
          </Button>
          <Button icon={<Tag />} shortcut="t" onClick={() => setOpen({ dialog: 'tags' })}>
            {t('tags.title')}
          </Button>
          <Button icon={<Pencil />} shortcut="e" onClick={() => setOpen({ dialog: 'change' })}>
            {t('bulk.change')}
          </Button>
        </>
      )}
      {canDelete && (
        <Button kind="danger" icon={<Trash2 />} onClick={() => setOpen({ dialog: 'delete' })}>
          {t('common.delete')}
        </Button>
      )}
      <IconButton label={t('bulk.clear')} shortcut="escape" className="ml-auto" onClick={selection.clear}>
        <X />
      </IconButton>
      {open?.dialog === 'change' && <ChangeDialog {...dialog} members={members} {...(open.fieldKey ? { fieldKey: open.fieldKey } : {})} />}
      {open?.dialog === 'tags' && <TagsDialog {...dialog} />}
      {open?.dialog === 'delete' && (
        <BulkDialog {...dialog} title={t(`bulk.delete.${record}`)} action={t('common.delete')} asked={{ do: 'delete' }} isDangerous>
          <p className="text-muted">{t('bulk.deleteText')}</p>
        </BulkDialog>
      )}
    </div>
  )
}
