import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowDown, ArrowUp, ChevronRight, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pipelinesQuery } from '../../../lib/pipelines/pipelines-query.ts'
import { pipelineName, stageName } from '../../../lib/pipelines/stages.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { ColorDot } from '../../../ui/color-dot.tsx'
import { PageTitle } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { NewPipelineDialog } from './new-pipeline-dialog.tsx'
import { usePipelineCommands } from './use-pipeline-commands.ts'

/** The ways that deals go; the first one is where deals begin unless told. */
export function PipelinesPage() {
  const { t } = useTranslation()
  const mayManage = useCan('pipeline.pipeline.manage')
  const { data, error, refetch } = useQuery(pipelinesQuery)
  const [isCreating, setIsCreating] = useState(false)
  const { update } = usePipelineCommands()
  const pipelines = data?.items ?? []
  const swap = (index: number, by: -1 | 1) => {
    const [one, other] = [pipelines[index], pipelines[index + by]]
    if (one && other) update.mutate({ pipeline: one, body: { position: other.position } })
  }
  return (
    <div className="flex flex-col gap-4">
      <PageTitle title={t('pipelines.title')} text={t('pipelines.text')} />
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {update.error && <ProblemNote error={update.error} />}
      {!data && !error && <SkeletonRows count={2} label={t('common.loading')} />}
      {mayManage && data && (
        <div>
          <Button kind="primary" icon={<Plus />} onClick={() => setIsCreating(true)}>
            {t('pipelines.create')}
          </Button>
        </div>
      )}
      {pipelines.length > 0 && (
        <ul aria-label={t('pipelines.title')} className="flex flex-col divide-y divide-line rounded-xl border border-line">
          {pipelines.map((pipeline, index) => {
            const name = pipelineName(t, pipeline)
            return (
              <li key={pipeline.id} className="flex items-center gap-2 py-1 pr-2">
                <Link
                  to="/settings/pipelines/$pipelineId"
                  params={{ pipelineId: pipeline.id }}
                  className="flex min-w-0 flex-1 items-center gap-3 rounded-lg px-4 py-2.5 hover:bg-hover"
                >
                  <span className="flex min-w-0 flex-1 flex-col gap-1">
                    <span className="font-medium">{name}</span>
                    <span className="flex flex-wrap gap-x-3 gap-y-1 text-xs text-muted">
                      {pipeline.stages.map((stage) => (
                        <span key={stage.id} className="inline-flex items-center gap-1.5">
                          <ColorDot color={stage.color} />
                          {stageName(t, stage)}
                        </span>
                      ))}
                    </span>
                  </span>
                  <ChevronRight aria-hidden className="size-4 shrink-0 text-faint" />
                </Link>
                {mayManage && pipelines.length > 1 && (
                  <>
                    <IconButton label={t('pipelines.up', { name })} disabled={index === 0 || update.isPending} onClick={() => swap(index, -1)}>
                      <ArrowUp />
                    </IconButton>
                    <IconButton
                      label={t('pipelines.down', { name })}
                      disabled={index === pipelines.length - 1 || update.isPending}
                      onClick={() => swap(index, 1)}
                    >
                      <ArrowDown />
                    </IconButton>
                  </>
                )}
              </li>
            )
          })}
        </ul>
      )}
      {isCreating && <NewPipelineDialog onClose={() => setIsCreating(false)} />}
    </div>
  )
}
