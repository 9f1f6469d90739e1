import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pipelinesQuery } from '../../../lib/pipelines/pipelines-query.ts'
import { pipelineName } from '../../../lib/pipelines/stages.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import type { RoleOption } from '../rules/rules-dialog.tsx'
import { ArchiveDialog } from './archive-dialog.tsx'
import { PipelineEditor } from './pipeline-editor.tsx'
import { standingQuery } from './queries.ts'

/** One pipeline: its stages and their rules, reasons for a loss, its end. */
export function PipelineSettings({ pipelineId, roles }: { pipelineId: string; roles: readonly RoleOption[] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayManage = useCan('pipeline.pipeline.manage')
  const { data, error, refetch } = useQuery(pipelinesQuery)
  const standing = useQuery({
    ...standingQuery(pipelineId),
    refetchInterval: ({ state }) => (leavingIn(state.data, pipelineId, data?.items ?? []) > 0 ? 2000 : false),
  }).data
  const [isArchiving, setIsArchiving] = useState(false)
  const pipeline = data?.items.find(({ id }) => id === pipelineId)
  const leaving = leavingIn(standing, pipelineId, data?.items ?? [])
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows count={5} label={t('common.loading')} />
  if (!pipeline) return <EmptyState isWholePage title={t('pipelines.gone')} text={t('pipelines.goneText')} />
  const name = pipelineName(t, pipeline)
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center gap-2">
        <Link
          to="/settings/pipelines"
          aria-label={t('common.back')}
          className="flex size-8 items-center justify-center rounded-lg text-muted hover:bg-hover hover:text-ink"
        >
          <ArrowLeft className="size-4" />
        </Link>
        <h1 className="min-w-0 flex-1 truncate text-xl font-semibold tracking-tight">{name}</h1>
        <Link to="/deals/board" search={{ pipeline: pipeline.id }} className="text-sm text-accent-text hover:underline">
          {t('pipelines.openBoard')}
        </Link>
      </div>
      {leaving > 0 && (
        <p role="status" className="rounded-xl border border-line bg-canvas px-3.5 py-2.5 text-sm">
          {t('pipelines.leaving', { count: leaving })}
        </p>
      )}
      <PipelineEditor key={pipeline.id} {...{ pipeline, pipelines: data.items, standing, roles, mayManage }} />
      {mayManage && data.items.length > 1 && (
        <Section title={t('pipelines.archive')} text={t('pipelines.archiveHint')}>
          <div>
            <Button kind="danger" onClick={() => setIsArchiving(true)}>
              {t('pipelines.archive')}
            </Button>
          </div>
        </Section>
      )}
      {isArchiving && (
        <ArchiveDialog
          pipeline={pipeline}
          pipelines={data.items}
          standing={standing ?? new Map()}
          onClose={() => setIsArchiving(false)}
          onDone={() => {
            showToast({ kind: 'done', text: t('pipelines.archived', { name }) })
            void navigate({ to: '/settings/pipelines' })
          }}
        />
      )}
    </div>
  )
}

/** Deals in stages that are there no longer: they are on their way elsewhere. */
function leavingIn(
  standing: ReadonlyMap<string, number> | undefined,
  pipelineId: string,
  pipelines: readonly { id: string; stages: readonly { id: string }[] }[],
): number {
  const pipeline = pipelines.find(({ id }) => id === pipelineId)
  if (!standing || !pipeline) return 0
  return [...standing].reduce((sum, [id, count]) => (pipeline.stages.some((stage) => stage.id === id) ? sum : sum + count), 0)
}
