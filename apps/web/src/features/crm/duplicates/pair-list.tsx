import clsx from 'clsx'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import type { Pair } from './queries.ts'
import { Reasons } from './reasons.tsx'

export const pairId = ({ one, other }: Pair): string => `${one.id}.${other.id}`

interface PairListProps {
  pairs: readonly Pair[]
  selectedId: string | null
  onSelect: (id: string) => void
}

/** The surest first. */
export function PairList({ pairs, selectedId, onSelect }: PairListProps) {
  const { t } = useTranslation()
  const selected = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // In a block: newer browsers answer with a promise, which is nothing to clean up.
    selected.current?.scrollIntoView({ block: 'nearest' })
  }, [selectedId])
  return (
    <ul aria-label={t('duplicates.pairs')} className="flex flex-col">
      {pairs.map((pair) => {
        const id = pairId(pair)
        return (
          <li key={id}>
            <button
              type="button"
              ref={id === selectedId ? selected : undefined}
              aria-current={id === selectedId ? 'true' : undefined}
              onClick={() => onSelect(id)}
              className={clsx('flex w-full items-start gap-3 border-b border-line px-4 py-3 text-left hover:bg-hover', id === selectedId && 'bg-pressed')}
            >
              <span aria-hidden className="flex shrink-0 -space-x-2 pt-0.5">
                <Avatar name={pair.one.name} seed={pair.one.id} />
                <Avatar name={pair.other.name} seed={pair.other.id} />
              </span>
              <span className="flex min-w-0 flex-1 flex-col gap-1">
                <span className="flex items-baseline gap-2">
                  <span className="min-w-0 flex-1 text-sm font-medium break-words">
                    <span className="line-clamp-2">{pair.one.name}</span>
                    {pair.one.name !== pair.other.name && <span className="line-clamp-2">{pair.other.name}</span>}
                  </span>
                  <span className="text-xs text-muted tabular-nums" title={t('duplicates.score')}>
                    <span className="sr-only">{t('duplicates.score')}: </span>
                    {pair.score} %
                  </span>
                </span>
                <Reasons reasons={pair.reasons} />
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
