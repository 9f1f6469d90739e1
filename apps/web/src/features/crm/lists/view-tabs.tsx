import type { ListRecord, View } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { Ellipsis, Plus, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { Menu, MenuItem, MenuLine } from '../../../ui/menu.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import type { ListSearch } from './list-search.ts'
import type { ListState } from './use-list-state.ts'
import { ViewDialog } from './view-dialog.tsx'
import { isChanged, partsOf, searchOf, useViewCommands, viewsQuery } from './views.ts'

interface ViewTabsProps {
  record: ListRecord
  search: ListSearch
  state: ListState
  onChange: (search: ListSearch) => void
}

/** The list as a whole, and as people keep it. What is changed stays in the address until it is saved. */
export function ViewTabs({ record, search, state, onChange }: ViewTabsProps) {
  const { t } = useTranslation()
  const views = useQuery(viewsQuery(record)).data?.items ?? []
  const chosen = views.find(({ id }) => id === search.view) ?? null
  const [isNaming, setIsNaming] = useState(false)
  const { create, update } = useViewCommands(record)
  const canShare = useCan('crm.view.share')
  const hasChanges = chosen
    ? isChanged(chosen, search, state)
    : search.filter !== undefined || search.columns !== undefined || search.sort !== undefined || search.group !== undefined || search.widths !== undefined
  const mayChange = chosen !== null && (!chosen.isShared || canShare)
  const onError = (error: Error) => showToast({ kind: 'problem', text: explain(error, t) })
  return (
    <div className="flex h-10 shrink-0 items-center gap-1 overflow-x-auto border-b border-line px-2 md:px-4">
      <nav aria-label={t('lists.views.label')} className="flex items-center gap-1">
        <Tab isChosen={chosen === null} label={t('lists.views.all')} onClick={() => onChange(searchOf(null))} />
        {views.map((view) => (
          <Tab key={view.id} isChosen={view === chosen} isShared={view.isShared} label={view.name} onClick={() => onChange(searchOf(view))} />
        ))}
      </nav>
      {chosen && mayChange && <ViewMenu view={chosen} onGone={() => onChange(searchOf(null))} />}
      {hasChanges && (
        <div className="flex items-center gap-1 pl-1">
          {mayChange && (
            <Button
              className="h-7! px-2! text-xs!"
              isBusy={update.isPending}
              onClick={() => update.mutate({ view: chosen, body: partsOf(search, state) }, { onError })}
            >
              {t('lists.views.save')}
            </Button>
          )}
          <Button kind="quiet" icon={<Plus />} className="h-7! px-2! text-xs!" onClick={() => setIsNaming(true)}>
            {t('lists.views.saveAs')}
          </Button>
          {chosen && (
            <Button kind="quiet" className="h-7! px-2! text-xs!" onClick={() => onChange(searchOf(chosen))}>
              {t('lists.views.discard')}
            </Button>
          )}
        </div>
      )}
      <ViewDialog
        title={t('lists.views.saveAs')}
        isOpen={isNaming}
        error={create.error}
        isBusy={create.isPending}
        canShare={canShare}
        onClose={() => setIsNaming(false)}
        onSave={(named) =>
          create.mutate(
            { record, ...named, ...partsOf(search, state) },
            {
              onSuccess: (view) => {
                setIsNaming(false)
                onChange(searchOf(view))
              },
            },
          )
        }
      />
    </div>
  )
}

function Tab({ label, isChosen, isShared, onClick }: { label: string; isChosen: boolean; isShared?: boolean; onClick: () => void }) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      aria-current={isChosen ? 'page' : undefined}
      onClick={onClick}
      className={clsx(
        'flex h-7 max-w-48 shrink-0 items-center gap-1.5 rounded-lg px-2.5 text-xs transition-colors [&_svg]:size-3.5 [&_svg]:shrink-0 [&_svg]:text-faint',
        isChosen ? 'bg-pressed font-medium text-ink' : 'text-muted hover:bg-hover hover:text-ink',
      )}
    >
      {isShared && <Users role="img" aria-label={t('lists.views.shared')} />}
      <span className="truncate">{label}</span>
    </button>
  )
}

function ViewMenu({ view, onGone }: { view: View; onGone: () => void }) {
  const { t } = useTranslation()
  const canShare = useCan('crm.view.share')
  const { update, remove } = useViewCommands(view.record, onGone)
  const [isNaming, setIsNaming] = useState(false)
  const [isAsking, setIsAsking] = useState(false)
  const onError = (error: Error) => showToast({ kind: 'problem', text: explain(error, t) })
  return (
    <>
      <Menu
        label={t('lists.views.actions', { name: view.name })}
        align="start"
        trigger={
          <IconButton label={t('lists.views.actions', { name: view.name })} className="size-7!">
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => setIsNaming(true)}>{t('lists.views.rename')}</MenuItem>
        {canShare && (
          <MenuItem onSelect={() => update.mutate({ view, body: { isShared: !view.isShared } }, { onError })}>
            {view.isShared ? t('lists.views.unshare') : t('lists.views.share')}
          </MenuItem>
        )}
        <MenuLine />
        <MenuItem isDanger onSelect={() => setIsAsking(true)}>
          {t('lists.views.delete')}
        </MenuItem>
      </Menu>
      <ViewDialog
        title={t('lists.views.rename')}
        name={view.name}
        isOpen={isNaming}
        error={update.error}
        isBusy={update.isPending}
        canShare={false}
        onClose={() => setIsNaming(false)}
        onSave={({ name }) => update.mutate({ view, body: { name } }, { onSuccess: () => setIsNaming(false) })}
      />
      <Confirm
        title={t('lists.views.deleteTitle', { name: view.name })}
        text={view.isShared ? t('lists.views.deleteShared') : t('lists.views.deleteText')}
        action={t('lists.views.delete')}
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        onConfirm={() => {
          setIsAsking(false)
          remove.mutate(view.id, { onError })
        }}
      />
    </>
  )
}
