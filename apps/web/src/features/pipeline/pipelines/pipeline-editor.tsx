import { MAX_STAGES, type Pipeline, type StageKind } from '@ai-crm/contracts'
import { Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explainField, isStatus } from '../../../lib/api/explain.ts'
import { pipelineName, stageLabel, stageName, stagesIn } from '../../../lib/pipelines/stages.ts'
import { Button } from '../../../ui/button.tsx'
import { TextArea, TextField } from '../../../ui/field.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { HandOverFields } from '../hand-over/hand-over-fields.tsx'
import { RulesDialog, type RoleOption } from '../rules/rules-dialog.tsx'
import { RemoveStageDialog } from '../stages/remove-stage-dialog.tsx'
import type { StageDraft } from '../stages/stage-draft.ts'
import { StageRow } from '../stages/stage-row.tsx'
import { useScrolledWhileDragging } from '../stages/use-stage-drag.ts'
import { usePipelineDraft } from './use-pipeline-draft.ts'

interface PipelineEditorProps {
  pipeline: Pipeline
  pipelines: readonly Pipeline[]
  standing: ReadonlyMap<string, number> | undefined
  roles: readonly RoleOption[]
  mayManage: boolean
}

/** Everything of a pipeline that is saved together. */
export function PipelineEditor({ pipeline, pipelines, standing, roles, mayManage }: PipelineEditorProps) {
  const { t } = useTranslation()
  const editor = usePipelineDraft(pipeline, () => showToast({ kind: 'done', text: t('common.saved') }))
  const { draft, isShown, error } = editor
  const nameProblem = explainField(error, 'name', t) ?? (isShown && draft.name.trim() === '' ? t('pipelines.wrong.name') : undefined)
  return (
    <>
      {error && !nameProblem && (isStatus(error, 412) ? <p role="alert">{t('records.newer')}</p> : <ProblemNote error={error} />)}
      <fieldset disabled={!mayManage} className="flex flex-col">
        <div className="max-w-sm pb-4">
          <TextField
            label={t('pipelines.name')}
            maxLength={60}
            value={draft.name === pipeline.name ? pipelineName(t, pipeline) : draft.name}
            error={nameProblem}
            onChange={({ target }) => editor.set({ name: target.value })}
          />
        </div>
        <StageList {...{ pipeline, pipelines, standing, roles, mayManage, editor }} />
        <HandOverFields plan={draft.handOver} onChange={(handOver) => editor.set({ handOver })} />
        <Section title={t('pipelines.lostReasons')} text={t('pipelines.lostReasonsText')}>
          <TextArea
            isLabelHidden
            label={t('pipelines.lostReasons')}
            rows={Math.min(10, draft.lostReasons.split('\n').length + 2)}
            maxLength={3000}
            value={draft.lostReasons}
            onChange={({ target }) => editor.set({ lostReasons: target.value })}
          />
        </Section>
      </fieldset>
      {mayManage && editor.isChanged && (
        <div className="sticky bottom-0 -mx-1 flex items-center gap-2 rounded-xl border border-line bg-raised px-4 py-2.5 shadow-float">
          <p className="min-w-0 flex-1 text-sm text-muted">{t('pipelines.unsaved')}</p>
          <Button onClick={editor.reset}>{t('pipelines.discard')}</Button>
          <Button kind="primary" isBusy={editor.isSaving} onClick={editor.save}>
            {t('common.save')}
          </Button>
        </div>
      )}
    </>
  )
}

interface StageListProps extends PipelineEditorProps {
  editor: ReturnType<typeof usePipelineDraft>
}

/** The stages in their order, with their rules, and where the deals go of those that are removed. */
function StageList({ pipeline, pipelines, standing, roles, mayManage, editor }: StageListProps) {
  const { t } = useTranslation()
  const { draft, isShown } = editor
  const list = useRef<HTMLOListElement>(null)
  useScrolledWhileDragging(list)
  const [ruledKey, setRuledKey] = useState<string | null>(null)
  const [removed, setRemoved] = useState<StageDraft | null>(null)
  const shownName = ({ id, name }: StageDraft) => (id ? stageName(t, { id, name }) : name)
  const ruled = draft.stages.find(({ key }) => key === ruledKey)
  const others = stagesIn(pipelines.filter(({ id }) => id !== pipeline.id)).filter(({ pipeline: of }) => of !== null)
  const targetsFor = (stage: StageDraft) => [
    ...draft.stages.flatMap((one) => (one.id && one.id !== stage.id && one.kind === stage.kind ? { id: one.id, label: shownName(one) } : [])),
    ...others.filter(({ kind }) => kind === stage.kind).map(({ id }) => ({ id, label: stageLabel(t, pipelines, id) })),
  ]
  const isLastOfKind = ({ kind }: StageDraft) => draft.stages.filter((one) => one.kind === kind).length === 1
  return (
    <Section title={t('pipelines.stages')} text={t('pipelines.stagesText')}>
      <ol ref={list} aria-label={t('pipelines.stages')} className="flex flex-col divide-y divide-line rounded-xl border border-line">
        {draft.stages.map((stage, index) => (
          <StageRow
            key={stage.key}
            stage={stage}
            shownName={shownName(stage)}
            standing={stage.id ? standing?.get(stage.id) : undefined}
            mayManage={mayManage}
            isShown={isShown}
            canMove={{ up: draft.stages[index - 1]?.kind === stage.kind, down: draft.stages[index + 1]?.kind === stage.kind }}
            onChange={(part) => editor.changeStage(stage.key, part)}
            onMove={(by) => editor.moveStage(stage.key, by)}
            onPlace={editor.placeStage}
            onRules={() => setRuledKey(stage.key)}
            onRemove={isLastOfKind(stage) ? null : () => (stage.id ? setRemoved(stage) : editor.removeStage(stage, null))}
          />
        ))}
      </ol>
      {mayManage && draft.stages.length < MAX_STAGES && <AddStage onAdd={editor.addStage} />}
      {ruled && (
        <RulesDialog
          stage={ruled}
          name={shownName(ruled)}
          others={draft.stages.flatMap((stage) => (stage.id && stage.key !== ruled.key ? { id: stage.id, name: shownName(stage) } : []))}
          roles={roles}
          mayManage={mayManage}
          onApply={(rules) => editor.changeStage(ruled.key, { rules })}
          onClose={() => setRuledKey(null)}
        />
      )}
      {removed && (
        <RemoveStageDialog
          name={shownName(removed)}
          standing={standing?.get(removed.id ?? '') ?? 0}
          targets={targetsFor(removed)}
          onClose={() => setRemoved(null)}
          onRemove={(into) => {
            editor.removeStage(removed, into)
            setRemoved(null)
          }}
        />
      )}
    </Section>
  )
}

function AddStage({ onAdd }: { onAdd: (kind: StageKind) => void }) {
  const { t } = useTranslation()
  return (
    <div className="flex flex-wrap gap-2">
      {(['open', 'won', 'lost'] as const).map((kind) => (
        <Button key={kind} kind={kind === 'open' ? 'plain' : 'quiet'} icon={<Plus />} onClick={() => onAdd(kind)}>
          {t(`pipelines.addStage.${kind}`)}
        </Button>
      ))}
    </div>
  )
}
