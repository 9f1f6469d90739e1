import type { Pipeline } from '@ai-crm/contracts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pipelineName, stageLabel, stageName, stagesIn } from '../../../lib/pipelines/stages.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { Choice } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { usePipelineCommands } from './use-pipeline-commands.ts'

interface ArchiveDialogProps {
  pipeline: Pipeline
  pipelines: readonly Pipeline[]
  standing: ReadonlyMap<string, number>
  onDone: () => void
  onClose: () => void
}

/** Asks of each stage of a pipeline where its deals go on, and archives it. */
export function ArchiveDialog({ pipeline, pipelines, standing, onDone, onClose }: ArchiveDialogProps) {
  const { t } = useTranslation()
  const formId = useId()
  const { archive } = usePipelineCommands()
  const others = stagesIn(pipelines.filter(({ id }) => id !== pipeline.id))
  const firstOf = (kind: string) => others.find((stage) => stage.kind === kind)?.id ?? ''
  const [into, setInto] = useState<Readonly<Record<string, string>>>(() => Object.fromEntries(pipeline.stages.map(({ id, kind }) => [id, firstOf(kind)])))
  return (
    <Dialog title={t('pipelines.archiveTitle', { name: pipelineName(t, pipeline) })} isOpen onClose={onClose}>
      <DialogBody>
        <p className="text-pretty text-muted">{t('pipelines.archiveText')}</p>
        {archive.error && <ProblemNote error={archive.error} />}
        <form
          id={formId}
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault()
            archive.mutate({ pipeline, moves: Object.entries(into).map(([stageId, target]) => ({ stageId, into: target })) }, { onSuccess: onDone })
          }}
        >
          {pipeline.stages.map((stage) => (
            <Choice
              key={stage.id}
              label={t('pipelines.intoOf', { stage: stageName(t, stage), count: standing.get(stage.id) ?? 0 })}
              value={into[stage.id] ?? ''}
              options={others.filter(({ kind }) => kind === stage.kind).map(({ id }) => ({ value: id, label: stageLabel(t, pipelines, id) }))}
              onChange={(target) => setInto({ ...into, [stage.id]: target })}
            />
          ))}
        </form>
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="danger" type="submit" form={formId} isBusy={archive.isPending}>
          {t('pipelines.archive')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
