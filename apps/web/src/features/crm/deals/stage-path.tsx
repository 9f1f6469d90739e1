import type { Deal } from '@ai-crm/contracts'
import clsx from 'clsx'
import { ArrowRightLeft, Hourglass } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { forbiddenBy, forbiddenText } from '../../../lib/pipelines/forbidden.ts'
import { pipelineName, stagesIn, type PlacedStage } from '../../../lib/pipelines/stages.ts'
import { usePipelines, useStageName } from '../../../lib/pipelines/use-pipelines.ts'
import { useMe } from '../../../lib/session/session-store.ts'
import { Badge } from '../../../ui/badge.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { hueOf } from '../../../ui/hues.ts'
import { Tooltip } from '../../../ui/tooltip.tsx'
import { useNow } from '../tasks/use-now.ts'
import { MoveToDialog } from './move/move-to-dialog.tsx'
import { useMoveDeal } from './move/use-move-deal.tsx'
import { daysIn, isRotting } from './rotting.ts'

/** The way of a deal through its pipeline as steps: a press moves it there; a step that it may not enter says why. */
export function StagePath({ deal, canUpdate }: { deal: Deal; canUpdate: boolean }) {
  const { t } = useTranslation()
  const nameOf = useStageName()
  const pipelines = usePipelines()
  const { start, isPending, dialog } = useMoveDeal()
  const [isChoosing, setIsChoosing] = useState(false)
  const pipeline = pipelines.find(({ id }) => id === deal.pipelineId)
  const steps = stagesIn(pipeline ? [pipeline] : [])
  const at = steps.findIndex(({ id }) => id === deal.stage)
  const now = steps[at]
  const name = nameOf(deal.stage)
  return (
    <div className="flex flex-col gap-1.5 pb-2">
      <div className="flex items-center gap-2">
        <p className="min-w-0 flex-1 truncate font-medium">
          {pipeline && pipelines.length > 1 ? t('pipelines.stageOf', { pipeline: pipelineName(t, pipeline), stage: name }) : name}
        </p>
        {now && <DaysHere deal={deal} stage={now} />}
        {canUpdate && (
          <IconButton label={t('deals.moveTo')} className="size-7!" disabled={isPending} onClick={() => setIsChoosing(true)}>
            <ArrowRightLeft />
          </IconButton>
        )}
      </div>
      <ol aria-label={t('deals.path')} className="flex gap-0.5">
        {steps.map((stage, index) => (
          <Step
            key={stage.id}
            stage={stage}
            from={deal.stage}
            isNow={index === at}
            isPassed={at >= 0 && (now?.kind === 'open' ? index <= at : index === at || (now?.kind === 'won' && stage.kind === 'open'))}
            color={now ?? stage}
            onMove={canUpdate && !isPending ? () => start({ deal, to: stage }) : null}
          />
        ))}
      </ol>
      {dialog}
      {isChoosing && (
        <MoveToDialog
          deal={deal}
          onClose={() => setIsChoosing(false)}
          onChoose={(to) => {
            setIsChoosing(false)
            start({ deal, to })
          }}
        />
      )}
    </div>
  )
}

interface StepProps {
  stage: PlacedStage
  from: string
  isNow: boolean
  isPassed: boolean
  color: PlacedStage
  /** Null: only to look at. */
  onMove: (() => void) | null
}

function Step({ stage, from, isNow, isPassed, color, onMove }: StepProps) {
  const { t } = useTranslation()
  const me = useMe()
  const nameOf = useStageName()
  const obstacle = forbiddenBy({ from, to: stage, me })
  const name = nameOf(stage)
  const reason = obstacle && forbiddenText(t, obstacle, stage, nameOf)
  const label = isNow ? t('deals.stepNow', { stage: name }) : onMove ? t('deals.step', { stage: name }) : name
  return (
    <li className="min-w-0 flex-1 first:*:rounded-l-md last:*:rounded-r-md">
      <Tooltip text={reason ? `${name}: ${reason}` : name}>
        <button
          type="button"
          aria-label={reason ? `${label}. ${reason}` : label}
          aria-current={isNow ? 'step' : undefined}
          aria-disabled={isNow || obstacle !== null || onMove === null || undefined}
          onClick={() => !isNow && !obstacle && onMove?.()}
          className="group/step block h-5 w-full px-px py-1.5"
        >
          <span
            className={clsx(
              'block h-2 rounded-full transition-colors',
              isPassed ? (color.color === 'gray' ? 'bg-faint' : 'hued') : 'bg-pressed group-hover/step:bg-line-strong',
              obstacle && 'opacity-45',
            )}
            style={{ '--hue': isPassed ? hueOf(color.color) : undefined }}
          />
        </button>
      </Tooltip>
    </li>
  )
}

/** How long it stands in its stage; one that stands there for too long is told by words and a picture too. */
function DaysHere({ deal, stage }: { deal: Deal; stage: PlacedStage }) {
  const { t } = useTranslation()
  const now = useNow()
  if (stage.kind !== 'open') return null
  if (isRotting(stage, deal.stageEnteredAt, now))
    return (
      <Badge tone="warn" icon={<Hourglass aria-hidden />}>
        {t('deals.rotting', { count: stage.rottingDays ?? 0 })}
      </Badge>
    )
  const days = daysIn(deal.stageEnteredAt, now)
  return days === 0 ? null : <span className="text-xs text-faint tabular-nums">{t('deals.daysHere', { count: days })}</span>
}
