import clsx from 'clsx'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { forbiddenText } from '../../../../lib/pipelines/forbidden.ts'
import { useStageName } from '../../../../lib/pipelines/use-pipelines.ts'
import { ProblemNote } from '../../../../ui/problem.tsx'
import { Skeleton } from '../../../../ui/states.tsx'
import type { CardTools } from '../cards/board-card.tsx'
import { CardList } from '../cards/card-list.tsx'
import { useDropIndex } from '../moving/drag-store.ts'
import type { Cell } from '../moving/place.ts'
import { useCellDrop } from '../moving/use-card-drag.ts'
import { useObstacle } from '../moving/use-obstacle.ts'
import { AddCard } from './add-card.tsx'
import { ColumnHeader } from './column-header.tsx'
import { useColumn } from './use-column.ts'

export interface BoardColumnProps {
  cell: Cell
  cursorId: string | null
  openId: string | null
  tools: CardTools
  canCreate: boolean
  isCollapsed: boolean
  onCollapse?: (isCollapsed: boolean) => void
  /** Something of the column was changed here. */
  onAdded: (dealId: string) => void
  /** Takes all of the width: the one column of a phone. */
  isWide?: boolean
}

/** A stage of the board. While a card is held that it does not take, it says why. */
export function BoardColumn({ cell, cursorId, openId, tools, canCreate, isCollapsed, onCollapse, onAdded, isWide }: BoardColumnProps) {
  const { t } = useTranslation()
  const nameOf = useStageName()
  const column = useColumn(cell)
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const whole = useRef<HTMLElement>(null)
  const [isAdding, setIsAdding] = useState(false)
  const obstacle = useObstacle(cell, column.totals.count)
  const isOver = useDropIndex(cell.id) !== null
  useCellDrop(whole, scroller, cell.id, column.cards.length, () => obstacle === null)
  const refusal = obstacle && forbiddenText(t, obstacle, cell.stage, nameOf)
  const name = nameOf(cell.stage)
  const isFolded = isCollapsed && column.liftedId === null
  return (
    <section
      ref={whole}
      aria-label={name}
      data-stage={cell.stage.id}
      data-cell={cell.id}
      data-forbidden={refusal ? true : undefined}
      className={clsx(
        'relative flex min-h-0 shrink-0 flex-col rounded-2xl transition-[background,opacity]',
        isFolded ? 'w-11 items-center p-1.5' : isWide ? 'w-full px-3 pt-2' : 'max-w-96 grow basis-64 p-1.5',
        isOver ? 'bg-accent-soft ring-1 ring-accent ring-inset' : 'bg-hover/60',
      )}
    >
      {isFolded ? (
        <Folded name={name} count={column.totals.count} onOpen={() => onCollapse?.(false)} />
      ) : (
        <>
          <ColumnHeader
            stage={cell.stage}
            totals={column.totals}
            onAdd={canCreate && cell.stage.rules.enteredFrom === null ? () => setIsAdding(true) : undefined}
            {...(onCollapse ? { onCollapse: () => onCollapse(true) } : {})}
          />
          {isAdding && <AddCard stage={cell.stage} onAdded={onAdded} onClose={() => setIsAdding(false)} />}
          <div ref={setScroller} tabIndex={-1} className={clsx('-mx-1 min-h-0 flex-1 overflow-y-auto px-1 pt-0.5 pb-2', refusal && 'opacity-35')}>
            {column.isPending && <Skeleton className="h-24 w-full" />}
            {column.error && <ProblemNote error={column.error} onRetry={column.refetch} />}
            {!column.isPending && column.cards.length === 0 && !column.error && (
              <p className="px-2 py-6 text-center text-xs text-pretty text-faint">{t('board.emptyColumn')}</p>
            )}
            <CardList {...{ cell, cursorId, openId, tools, scroller }} {...column} label={t('board.dealsIn', { stage: name })} />
          </div>
        </>
      )}
      {refusal && (
        <p className="pointer-events-none absolute inset-x-2 top-20 rounded-lg border border-line bg-raised px-2.5 py-2 text-xs text-pretty text-ink shadow-float">
          {refusal}
        </p>
      )}
    </section>
  )
}

function Folded({ name, count, onOpen }: { name: string; count: number; onOpen: () => void }) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      aria-label={t('board.expand', { stage: name, count })}
      onClick={onOpen}
      className="flex min-h-0 flex-1 flex-col items-center gap-2 rounded-lg px-1 py-2 text-muted hover:bg-hover hover:text-ink"
    >
      <span className="text-xs tabular-nums">{count}</span>
      <span className="min-h-0 truncate font-medium [writing-mode:vertical-rl]">{name}</span>
    </button>
  )
}
