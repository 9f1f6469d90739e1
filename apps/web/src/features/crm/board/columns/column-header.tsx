import type { BoardTotals } from '@ai-crm/contracts'
import { ChevronsLeftRight, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { PlacedStage } from '../../../../lib/pipelines/stages.ts'
import { useStageName } from '../../../../lib/pipelines/use-pipelines.ts'
import { regionalLocale } from '../../../../lib/time/format.ts'
import { IconButton } from '../../../../ui/button.tsx'
import { ColorDot } from '../../../../ui/color-dot.tsx'
import { MoneySum } from '../../deals/money-sum.tsx'
import { useMoneyText } from '../../deals/use-money-text.ts'
import { weighted } from '../column-data.ts'

interface ColumnHeaderProps {
  stage: PlacedStage
  /** Not known yet: nothing is told of them. */
  totals: BoardTotals | undefined
  /** Absent where the person may not. */
  onAdd?: (() => void) | undefined
  onCollapse?: () => void
}

/** A stage with how many deals stand in it, what they are worth together, and what of it can be expected. */
export function ColumnHeader({ stage, totals, onAdd, onCollapse }: ColumnHeaderProps) {
  const { t, i18n } = useTranslation()
  const locale = regionalLocale(i18n.language, navigator.languages)
  const name = useStageName()(stage)
  const money = useMoneyText()
  const limit = stage.rules.wipLimit
  const isOpen = stage.kind === 'open'
  const expected = isOpen && totals ? money(weighted(totals, stage.probability)) : ''
  return (
    <header className="flex flex-col gap-0.5 px-1 pb-2">
      <div className="flex h-8 items-center gap-2">
        <ColorDot color={stage.color} />
        <h2 className="min-w-0 truncate font-medium" title={name}>
          {name}
        </h2>
        <span className="text-xs text-muted tabular-nums">
          {totals && (limit === null ? totals.count.toLocaleString(locale) : t('board.countOfLimit', { count: totals.count, limit }))}
        </span>
        <span className="flex-1" />
        {onAdd && (
          <IconButton label={t('board.addTo', { stage: name })} className="size-6!" onClick={onAdd}>
            <Plus />
          </IconButton>
        )}
        {onCollapse && (
          <IconButton label={t('board.collapse', { stage: name })} className="size-6!" onClick={onCollapse}>
            <ChevronsLeftRight />
          </IconButton>
        )}
      </div>
      <p className="flex min-h-4.5 min-w-0 text-xs tabular-nums">{totals && <MoneySum sums={totals.sums} />}</p>
      {isOpen && (
        <p
          className="min-h-4.5 truncate text-xs text-faint tabular-nums"
          title={expected && t('board.weighted', { percent: stage.probability, sum: expected })}
        >
          {expected && t('board.expected', { sum: expected })}
        </p>
      )}
    </header>
  )
}
