import { Link, type LinkProps } from '@tanstack/react-router'
import { Maximize2, X } from 'lucide-react'
import { useEffect, useEffectEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { mergedInto } from '../../../lib/api/merged-into.ts'
import { IconButton } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import type { Colleague } from './owner-field.tsx'

/** What the panel of any kind of record is given. */
export interface PanelProps {
  id: string
  members: readonly Colleague[]
  nameOf: (userId: string) => string | null
  onClose: () => void
  /** It went into another one. */
  onMerged?: (survivorId: string) => void
}

interface RecordPanelProps {
  /** Absent while it is fetched. */
  name: string | undefined
  /** The kind of record, while it has no name yet. */
  kind: string
  /** Where all of it is. */
  page: Pick<LinkProps, 'to' | 'params'>
  /** Before the name. */
  mark?: ReactNode
  /** After the name. */
  badge?: ReactNode
  error: Error | null
  /** While an answer is on its way, what the last one said may be over. */
  isFetching: boolean
  onRetry: () => void
  onClose: () => void
  onMerged?: ((survivorId: string) => void) | undefined
  children: ReactNode
}

/** A record beside the list that it stands in: the whole of it, narrow. */
export function RecordPanel({ name, kind, page, mark, badge, error, isFetching, onRetry, onClose, onMerged, children }: RecordPanelProps) {
  const { t } = useTranslation()
  const isThere = name !== undefined
  const survivorId = isFetching ? null : mergedInto(error)
  const follow = useEffectEvent((id: string) => onMerged?.(id))
  useEffect(() => {
    if (survivorId !== null) follow(survivorId)
  }, [survivorId])
  return (
    <aside aria-label={name ?? kind} className="flex w-96 shrink-0 flex-col border-l border-line 2xl:w-[28rem]">
      <header className="flex h-11 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4">
        {mark}
        <h2 className="min-w-0 flex-1 truncate font-semibold">{name}</h2>
        {badge}
        <Link
          {...page}
          aria-label={t('records.openPage')}
          title={t('records.openPage')}
          className="flex size-8 items-center justify-center rounded-lg text-muted hover:bg-hover hover:text-ink"
        >
          <Maximize2 aria-hidden className="size-4" />
        </Link>
        <IconButton label={t('common.close')} shortcut="escape" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto p-4" tabIndex={-1}>
        {error && !isThere && <ProblemNote error={error} onRetry={onRetry} />}
        {!isThere && !error && <SkeletonRows count={5} label={t('common.loading')} />}
        {children}
      </div>
    </aside>
  )
}
