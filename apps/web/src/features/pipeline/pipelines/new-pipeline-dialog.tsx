import { FIRST_STAGES, type CreatePipeline } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explainField } from '../../../lib/api/explain.ts'
import { stageName } from '../../../lib/pipelines/stages.ts'
import { Button } from '../../../ui/button.tsx'
import { ColorDot } from '../../../ui/color-dot.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Skeleton } from '../../../ui/states.tsx'
import { templatesQuery } from './queries.ts'
import { usePipelineCommands } from './use-pipeline-commands.ts'

/** A pipeline made from one of those that others begin with, or from the usual stages; everything can be changed afterwards. */
export function NewPipelineDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const formId = useId()
  const navigate = useNavigate()
  const { create } = usePipelineCommands()
  const templates = useQuery(templatesQuery(i18n.language === 'ru' ? 'ru' : 'en'))
  const [chosenId, setChosenId] = useState('')
  const [name, setName] = useState('')
  const usual: CreatePipeline['stages'] = FIRST_STAGES.map(({ id: _id, ...stage }) => ({ ...stage, name: stageName(t, { id: _id, name: stage.name }) }))
  const offered = [
    { id: '', title: t('pipelines.usual'), summary: t('pipelines.usualText'), pipeline: { stages: usual, lostReasons: [] } },
    ...(templates.data?.items ?? []).map(({ id, summary, pipeline }) => ({ id, title: pipeline.name, summary, pipeline })),
  ]
  const chosen = offered.find(({ id }) => id === chosenId) ?? offered[0]
  const nameProblem = explainField(create.error, 'name', t)
  return (
    <Dialog title={t('pipelines.create')} isOpen onClose={onClose}>
      <DialogBody>
        {create.error && !nameProblem && <ProblemNote error={create.error} />}
        <form
          id={formId}
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            if (!chosen) return
            const done = ({ id }: { id: string }) => void navigate({ to: '/settings/pipelines/$pipelineId', params: { pipelineId: id } })
            create.mutate({ ...chosen.pipeline, name: name.trim() }, { onSuccess: done })
          }}
        >
          <TextField label={t('pipelines.name')} required maxLength={60} value={name} error={nameProblem} onChange={({ target }) => setName(target.value)} />
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-1.5 text-xs font-medium text-muted">{t('pipelines.beginWith')}</legend>
            {templates.isPending && <Skeleton className="h-16 w-full" />}
            {offered.map(({ id, title, summary, pipeline }) => (
              <label
                key={id}
                className="flex flex-col gap-1.5 rounded-xl border border-line-strong p-3 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2"
              >
                <span className="flex items-center gap-2 font-medium">
                  <input
                    type="radio"
                    name="template"
                    className="accent-accent"
                    checked={id === chosenId}
                    onChange={() => {
                      setChosenId(id)
                      if (id !== '' && name.trim() === '') setName(title)
                    }}
                  />
                  {title}
                </span>
                <span className="text-xs text-pretty text-muted">{summary}</span>
                <span className="flex flex-wrap gap-x-3 gap-y-1 text-xs text-muted">
                  {pipeline.stages.map((stage) => (
                    <span key={stage.name} className="inline-flex items-center gap-1.5">
                      <ColorDot color={stage.color} />
                      {stage.name}
                    </span>
                  ))}
                </span>
              </label>
            ))}
          </fieldset>
        </form>
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" form={formId} isBusy={create.isPending}>
          {t('pipelines.create')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
