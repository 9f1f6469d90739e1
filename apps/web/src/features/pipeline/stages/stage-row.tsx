import { OPTION_COLORS } from '@ai-crm/contracts'
import clsx from 'clsx'
import { ArrowDown, ArrowUp, GripVertical, ListChecks, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../../ui/badge.tsx'
import { Button, IconButton } from '../../../ui/button.tsx'
import { ColorDot } from '../../../ui/color-dot.tsx'
import { Choice, TextField } from '../../../ui/field.tsx'
import { ruleCount } from '../rules/rule-count.ts'
import { wrongIn, type Beside, type StageDraft } from './stage-draft.ts'
import { useStageDrag } from './use-stage-drag.ts'

interface StageRowProps {
  stage: StageDraft
  /** As it is called while nobody names it otherwise. */
  shownName: string
  standing: number | undefined
  mayManage: boolean
  isShown: boolean
  canMove: { readonly up: boolean; readonly down: boolean }
  onChange: (part: Partial<StageDraft>) => void
  onMove: (by: -1 | 1) => void
  /** Puts a stage that was dragged here, or from here. */
  onPlace: (key: string, beside: Beside) => void
  onRules: () => void
  /** Null: the last of its kind. */
  onRemove: (() => void) | null
}

/** One stage of the editor; Alt with an arrow moves it, as does dragging it by its handle. */
export function StageRow({ stage, shownName, standing, mayManage, isShown, canMove, onChange, onMove, onPlace, onRules, onRemove }: StageRowProps) {
  const { t } = useTranslation()
  const name = stage.name.trim() === '' ? t('pipelines.newStage') : shownName
  const wrong = isShown ? wrongIn(stage) : null
  const rules = ruleCount(stage.rules)
  const isMovable = mayManage && (canMove.up || canMove.down)
  const { row, handle, edge, isHeld } = useStageDrag(stage, isMovable, onPlace)
  return (
    <li
      ref={row}
      className={clsx('relative flex flex-col gap-2 px-3 py-3 md:px-4', isHeld && 'opacity-40')}
      onKeyDown={(event) => {
        if (!mayManage || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
        event.preventDefault()
        onMove(event.key === 'ArrowUp' ? -1 : 1)
      }}
    >
      <div className="flex flex-wrap items-start gap-2">
        <span
          ref={handle}
          title={isMovable ? t('pipelines.dragStage') : undefined}
          className={clsx('flex h-9 items-center gap-1', isMovable && 'cursor-grab text-faint hover:text-ink')}
        >
          {isMovable && <GripVertical aria-hidden className="size-4" />}
          <ColorDot color={stage.color} />
        </span>
        <div className="min-w-40 flex-1">
          <TextField
            isLabelHidden
            label={t('pipelines.stageName')}
            placeholder={t('pipelines.newStage')}
            maxLength={60}
            disabled={!mayManage}
            value={stage.name === '' ? '' : shownName}
            error={wrong === 'name' ? t('pipelines.wrong.name') : undefined}
            onChange={({ target }) => onChange({ name: target.value })}
          />
        </div>
        <Choice
          isLabelHidden
          label={t('tags.color')}
          value={stage.color}
          disabled={!mayManage}
          options={OPTION_COLORS.map((color) => ({ value: color, label: t(`tags.colors.${color}`) }))}
          onChange={(color) => onChange({ color })}
          className="w-auto!"
        />
        {mayManage && <StageTools {...{ name, canMove, onMove, onRemove }} />}
      </div>
      {edge && (
        <span
          aria-hidden
          className={clsx('pointer-events-none absolute inset-x-0 h-0.5 rounded-full bg-accent', edge === 'before' ? '-top-px' : '-bottom-px')}
        />
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pl-4">
        <StageNumbers {...{ stage, mayManage, wrong, onChange }} />
        {standing !== undefined && <span className="text-xs text-faint tabular-nums">{t('pipelines.standing', { count: standing })}</span>}
        <span className="flex-1" />
        <Button kind="quiet" className="h-7! text-xs!" icon={<ListChecks />} onClick={onRules} aria-label={t('pipelines.rulesOf', { name })}>
          {rules === 0 ? t('pipelines.noRules') : t('pipelines.rules', { count: rules })}
        </Button>
      </div>
    </li>
  )
}

interface StageNumbersProps extends Pick<StageRowProps, 'stage' | 'mayManage' | 'onChange'> {
  wrong: ReturnType<typeof wrongIn>
}

/** How likely a deal is won from here, and how long it may stand; of stages where it is over, what they mean. */
function StageNumbers({ stage, mayManage, wrong, onChange }: StageNumbersProps) {
  const { t } = useTranslation()
  if (stage.kind !== 'open') return <Badge tone={stage.kind === 'won' ? 'ok' : 'danger'}>{t(`pipelines.kinds.${stage.kind}`)}</Badge>
  return (
    <>
      <SmallNumber
        label={t('pipelines.probability')}
        unit="%"
        value={stage.probability}
        isDisabled={!mayManage}
        problem={wrong === 'probability' ? t('pipelines.wrong.probability') : undefined}
        onChange={(probability) => onChange({ probability })}
      />
      <SmallNumber
        label={t('pipelines.rottingDays')}
        unit={t('pipelines.days')}
        value={stage.rottingDays}
        isDisabled={!mayManage}
        problem={wrong === 'rottingDays' ? t('pipelines.wrong.rottingDays') : undefined}
        onChange={(rottingDays) => onChange({ rottingDays })}
      />
    </>
  )
}

function StageTools({ name, canMove, onMove, onRemove }: Pick<StageRowProps, 'canMove' | 'onMove' | 'onRemove'> & { name: string }) {
  const { t } = useTranslation()
  return (
    <span className="flex h-9 items-center">
      <IconButton label={t('pipelines.stageUp', { name })} disabled={!canMove.up} onClick={() => onMove(-1)}>
        <ArrowUp />
      </IconButton>
      <IconButton label={t('pipelines.stageDown', { name })} disabled={!canMove.down} onClick={() => onMove(1)}>
        <ArrowDown />
      </IconButton>
      <IconButton label={t('pipelines.removeStage', { name })} disabled={!onRemove} onClick={() => onRemove?.()}>
        <Trash2 />
      </IconButton>
    </span>
  )
}

interface SmallNumberProps {
  label: string
  unit: string
  value: string
  isDisabled: boolean
  problem: string | undefined
  onChange: (text: string) => void
}

function SmallNumber({ label, unit, value, isDisabled, problem, onChange }: SmallNumberProps) {
  return (
    <label className="flex items-center gap-1.5 text-xs text-muted">
      {label}
      <input
        inputMode="numeric"
        maxLength={3}
        value={value}
        disabled={isDisabled}
        aria-invalid={problem ? true : undefined}
        title={problem}
        onChange={({ target }) => onChange(target.value)}
        className="h-7 w-12 rounded-md border border-line-strong bg-surface px-1.5 text-right text-sm text-ink tabular-nums aria-invalid:border-danger"
      />
      {unit}
      {problem && <span className="text-danger">{problem}</span>}
    </label>
  )
}
