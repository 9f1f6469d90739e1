import type { FieldRecord } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { usePipelines } from '../../../lib/pipelines/use-pipelines.ts'
import { stageLabel, stagesIn } from '../../../lib/pipelines/stages.ts'
import type { FieldDraft } from './field-draft.ts'

interface DemandsProps {
  record: FieldRecord
  draft: FieldDraft
  set: (part: Partial<FieldDraft>) => void
}

const boxLook = 'mt-0.5 size-4 shrink-0 accent-accent'

/** When the field has to have a value: for a new record, and for stages of a deal. */
export function Demands({ record, draft, set }: DemandsProps) {
  const { t } = useTranslation()
  const pipelines = usePipelines()
  const stages = stagesIn(pipelines).map(({ id }) => id)
  const toggle = (stage: string) => {
    const chosen = new Set(draft.requiredStages)
    if (!chosen.delete(stage)) chosen.add(stage)
    // With what is chosen and not offered: stages that this person cannot see, or that are not known yet.
    set({ requiredStages: [...chosen] })
  }
  return (
    <>
      <label className="flex items-start gap-2.5 text-sm">
        <input type="checkbox" className={boxLook} checked={draft.isRequired} onChange={({ target }) => set({ isRequired: target.checked })} />
        {t(`fields.isRequired.${record}`)}
      </label>
      {record === 'deal' && (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1.5 text-xs font-medium text-muted">{t('fields.stages')}</legend>
          <div className="grid grid-cols-2 gap-2 sm:grid-cols-3">
            {stages.map((stage) => (
              <label key={stage} className="flex items-start gap-2 text-sm">
                <input type="checkbox" className={boxLook} checked={draft.requiredStages.includes(stage)} onChange={() => toggle(stage)} />
                {stageLabel(t, pipelines, stage)}
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </>
  )
}
