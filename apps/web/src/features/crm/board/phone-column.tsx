import { useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStageName } from '../../../lib/pipelines/use-pipelines.ts'
import { columnQuery } from './board-queries.ts'
import { totalsIn } from './column-data.ts'
import { BoardColumn, type BoardColumnProps } from './columns/board-column.tsx'
import { ColorDot } from '../../../ui/color-dot.tsx'
import type { Cell } from './moving/place.ts'

interface PhoneColumnProps extends Omit<BoardColumnProps, 'cell' | 'isCollapsed' | 'onCollapse' | 'isWide'> {
  cells: readonly Cell[]
}

/** One column at a time, with the others a press away. */
export function PhoneColumn({ cells, ...column }: PhoneColumnProps) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const nameOf = useStageName()
  const [chosenId, setChosenId] = useState<string | null>(null)
  const chosen = cells.find(({ id }) => id === chosenId) ?? cells[0]
  return (
    <div className="flex min-h-0 w-full flex-col">
      <div role="group" aria-label={t('deals.stage')} className="flex shrink-0 gap-1 overflow-x-auto border-b border-line px-3 py-2">
        {cells.map((cell) => (
          <button
            key={cell.id}
            type="button"
            aria-pressed={cell === chosen}
            onClick={() => setChosenId(cell.id)}
            className={clsx('flex h-9 shrink-0 items-center gap-2 rounded-lg px-3 text-sm', cell === chosen ? 'bg-pressed font-medium text-ink' : 'text-muted')}
          >
            <ColorDot color={cell.stage.color} />
            {nameOf(cell.stage)}
            <span className="text-xs text-muted tabular-nums">{totalsIn(cache.getQueryData(columnQuery(cell.stage.id, cell.asked).queryKey)).count}</span>
          </button>
        ))}
      </div>
      {chosen && (
        <div className="flex min-h-0 flex-1">
          <BoardColumn key={chosen.id} cell={chosen} {...column} isCollapsed={false} isWide />
        </div>
      )}
    </div>
  )
}
