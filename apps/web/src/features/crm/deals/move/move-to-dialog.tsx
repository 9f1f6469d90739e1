import { Command } from 'cmdk'
import { Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { forbiddenBy, forbiddenText } from '../../../../lib/pipelines/forbidden.ts'
import { pipelineName, stagesIn, type PlacedStage } from '../../../../lib/pipelines/stages.ts'
import { usePipelines, useStageName } from '../../../../lib/pipelines/use-pipelines.ts'
import { useMe } from '../../../../lib/session/session-store.ts'
import { Dialog } from '../../../../ui/dialog.tsx'
import { choiceLook } from '../../../../ui/field.tsx'
import { ColorDot } from '../../../../ui/color-dot.tsx'

interface MoveToDialogProps {
  deal: { readonly title: string; readonly stage: string }
  onChoose: (to: PlacedStage) => void
  onClose: () => void
}

/** Every stage of every pipeline, found by typing; those that the deal may not enter say why. */
export function MoveToDialog({ deal, onChoose, onClose }: MoveToDialogProps) {
  const { t } = useTranslation()
  const me = useMe()
  const nameOf = useStageName()
  const pipelines = usePipelines()
  const parts = pipelines.length > 0 ? pipelines.map((pipeline) => ({ pipeline, stages: stagesIn([pipeline]) })) : [{ pipeline: null, stages: stagesIn([]) }]
  return (
    <Dialog title={t('deals.moveTitle', { title: deal.title })} isOpen shape="palette" onClose={onClose}>
      <Command label={t('deals.moveTo')} loop className="flex min-h-0 flex-col">
        <Command.Input
          autoFocus
          aria-label={t('deals.moveTo')}
          placeholder={t('deals.findStage')}
          maxLength={60}
          className="h-10 border-y border-line bg-transparent px-5 text-sm outline-none placeholder:text-faint"
        />
        <Command.List className="max-h-[50dvh] overflow-y-auto p-2">
          <Command.Empty className="px-3 py-2 text-sm text-faint">{t('deals.noStage')}</Command.Empty>
          {parts.map(({ pipeline, stages }) => (
            <Command.Group
              key={pipeline?.id ?? ''}
              heading={pipeline && pipelines.length > 1 ? pipelineName(t, pipeline) : undefined}
              className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint"
            >
              {stages.map((stage) => {
                const obstacle = forbiddenBy({ from: deal.stage, to: stage, me })
                return (
                  <Command.Item
                    key={stage.id}
                    value={stage.id}
                    keywords={[nameOf(stage), pipeline?.name ?? '']}
                    disabled={obstacle !== null || stage.id === deal.stage}
                    onSelect={() => onChoose(stage)}
                    className={`${choiceLook} py-1.5`}
                  >
                    <ColorDot color={stage.color} />
                    <span className="flex min-w-0 flex-1 flex-col">
                      <span className="truncate">{nameOf(stage)}</span>
                      {obstacle && <span className="text-xs text-pretty text-muted">{forbiddenText(t, obstacle, stage, nameOf)}</span>}
                    </span>
                    {stage.id === deal.stage && <Check aria-label={t('deals.standsHere')} />}
                  </Command.Item>
                )
              })}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  )
}
