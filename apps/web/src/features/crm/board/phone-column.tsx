import { useInfiniteQuery } from '@tanstack/react-query'
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
  const [chosenId, setChosenId] = useState<string | null>(null)
  const chosen = cells.find(({ id }) => id === chosenId) ?? cells[0]
  return (
    <div className="flex min-h-0 w-full flex-col">
      <div role="group" aria-label={t('deals.stage')} className="flex shrink-0 gap-1 overflow-x-auto border-b border-line px-3 py-2">
        {cells.map((cell) => (
          <Tab key={cell.id} cell={cell} isChosen={cell === chosen} onChoose={() => setChosenId(cell.id)} />
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

function Tab({ cell: { stage, asked }, isChosen, onChoose }: { cell: Cell; isChosen: boolean; onChoose: () => void }) {
  const name = useStageName()(stage)
  const { data } = useInfiniteQuery({ ...columnQuery(stage.id, asked), select: totalsIn })
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={onChoose}
      className={clsx('flex h-9 shrink-0 items-center gap-2 rounded-lg px-3 text-sm', isChosen ? 'bg-pressed font-medium text-ink' : 'text-muted')}
    >
      <ColorDot color={stage.color} />
      {name}
      <span className="text-xs text-muted tabular-nums">{data?.count}</span>
    </button>
  )
}
