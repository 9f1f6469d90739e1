import type { BoardCard as Card, Stage } from '@ai-crm/contracts'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { Ellipsis, Hourglass, ListTodo } from 'lucide-react'
import { memo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../../ui/avatar.tsx'
import { useAmount } from '../../deals/amount.tsx'
import { daysIn, isRotting } from '../../deals/rotting.ts'
import { TagChips } from '../../tags/tag-chips.tsx'
import { DueLabel } from '../../tasks/due-label.tsx'
import { useCardDrag } from '../moving/use-card-drag.ts'

export interface CardTools {
  readonly now: Date
  readonly canMove: boolean
  readonly nameOf: (userId: string) => string | null
  /** Absent where there is no room beside the board: the card leads to its page. */
  readonly onOpen: ((id: string) => void) | undefined
  readonly onMoveTo: (card: Card) => void
  readonly hintId: string
}

interface BoardCardProps extends CardTools {
  card: Card
  stage: Pick<Stage, 'kind' | 'rottingDays'>
  cellId: string
  /** Among the cards of its cell. */
  index: number
  /** The one of the board that Tab reaches. */
  isCursor: boolean
  isOpen: boolean
  isLifted: boolean
}

/** A deal on the board: what it is worth, whose it is, how long it stands there, what is next. */
export const BoardCard = memo(function BoardCard({ card, stage, cellId, index, isCursor, isOpen, isLifted, ...tools }: BoardCardProps) {
  const { t } = useTranslation()
  const element = useRef<HTMLDivElement>(null)
  const amount = useAmount()(card)
  const { canMove, onOpen, nameOf } = tools
  useCardDrag(element, card, { cellId, index }, canMove)
  const owner = card.ownerId ? nameOf(card.ownerId) : null
  return (
    <div
      ref={element}
      className={clsx(
        'group/card relative rounded-xl border bg-surface transition-shadow hover:border-line-strong',
        isLifted ? 'border-accent shadow-float' : isOpen ? 'border-accent' : 'border-line',
      )}
    >
      <Link
        to="/deals/$dealId"
        params={{ dealId: card.id }}
        draggable={false}
        data-card={card.id}
        tabIndex={isCursor ? 0 : -1}
        aria-describedby={canMove ? tools.hintId : undefined}
        aria-current={isOpen ? 'true' : undefined}
        onClick={(event) => {
          if (!onOpen || event.metaKey || event.ctrlKey || event.shiftKey) return
          event.preventDefault()
          onOpen(card.id)
        }}
        className="flex flex-col gap-1.5 rounded-xl p-2.5"
      >
        <span className="line-clamp-2 pr-5 font-medium break-words">{card.title}</span>
        {card.companyName && <span className="truncate text-xs text-muted">{card.companyName}</span>}
        <TagChips tagIds={card.tagIds} />
        <span className="flex items-center gap-2 text-xs empty:hidden">
          {amount && <span className="min-w-0 flex-1 truncate font-medium tabular-nums">{amount}</span>}
          <StandsHere card={card} stage={stage} now={tools.now} />
          {owner && (
            <span title={owner} className="ml-auto flex">
              <Avatar name={owner} seed={card.ownerId ?? owner} size="sm" />
              <span className="sr-only">{owner}</span>
            </span>
          )}
        </span>
        {card.openTasks > 0 && (
          <span className="flex items-center gap-1.5 text-xs text-muted [&_svg]:size-3.5">
            <ListTodo aria-hidden />
            {t('board.openTasks', { count: card.openTasks })}
            {card.nextTaskDueAt && <DueLabel dueAt={card.nextTaskDueAt} isDone={false} now={tools.now} />}
          </span>
        )}
      </Link>
      {canMove && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={t('board.moveNamed', { title: card.title })}
          onClick={() => tools.onMoveTo(card)}
          className="absolute top-1.5 right-1.5 flex size-6 items-center justify-center rounded-md text-muted opacity-0 hover:bg-hover group-hover/card:opacity-100 group-focus-within/card:opacity-100 focus-visible:opacity-100 pointer-coarse:size-8 pointer-coarse:opacity-100"
        >
          <Ellipsis aria-hidden className="size-4" />
        </button>
      )}
    </div>
  )
})

/** How long the deal stands in its stage; for too long, in words, by a picture and by colour. */
function StandsHere({ card, stage, now }: { card: Card; stage: Pick<Stage, 'kind' | 'rottingDays'>; now: Date }) {
  const { t } = useTranslation()
  if (stage.kind !== 'open') return null
  const days = daysIn(card.stageEnteredAt, now)
  if (!isRotting(stage, card.stageEnteredAt, now))
    return days === 0 ? null : (
      <span className="shrink-0 text-faint tabular-nums" title={t('deals.daysHere', { count: days })}>
        {t('board.days', { count: days })}
      </span>
    )
  return (
    <span
      title={t('deals.rotting', { count: stage.rottingDays ?? 0 })}
      className="inline-flex h-5 shrink-0 items-center gap-1 rounded-md bg-warn-soft px-1.5 text-2xs font-medium text-warn ring-1 ring-warn-line ring-inset tabular-nums [&_svg]:size-3"
    >
      <Hourglass aria-hidden />
      {t('board.rotting', { count: days })}
    </span>
  )
}
