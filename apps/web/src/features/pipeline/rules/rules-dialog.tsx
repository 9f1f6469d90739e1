import type { StageRules } from '@ai-crm/contracts'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import type { StageDraft } from '../stages/stage-draft.ts'
import { RequiredFields } from './required-fields.tsx'
import { RulesCheck } from './rules-check.tsx'
import { Checks, LimitField, TasksField } from './rule-fields.tsx'

export interface RoleOption {
  readonly id: string
  readonly label: string
}

interface RulesDialogProps {
  stage: StageDraft
  name: string
  others: readonly { readonly id: string; readonly name: string }[]
  roles: readonly RoleOption[]
  mayManage: boolean
  onApply: (rules: StageRules) => void
  onClose: () => void
}

/** What a deal has to keep to enter a stage, held against today's deals while it is edited. */
export function RulesDialog({ stage, name, others, roles, mayManage, onApply, onClose }: RulesDialogProps) {
  const { t } = useTranslation()
  const [rules, setRules] = useState(stage.rules)
  const set = (part: Partial<StageRules>) => setRules({ ...rules, ...part })
  const given = useMemo(() => ({ ...rules, tasks: rules.tasks.filter(({ title }) => title.trim() !== '') }), [rules])
  return (
    <Dialog title={t('pipelines.rulesOf', { name })} isOpen onClose={onClose}>
      <DialogBody>
        <p className="text-pretty text-muted">{t('pipelines.rulesText')}</p>
        <fieldset disabled={!mayManage} className="flex flex-col gap-5">
          <RequiredFields chosen={rules.requiredFields} isLost={stage.kind === 'lost'} onChange={(requiredFields) => set({ requiredFields })} />
          <Checks
            legend={t('pipelines.enteredFrom')}
            everything={t('pipelines.fromEverywhere')}
            options={others.map((other) => ({ id: other.id, label: other.name }))}
            chosen={rules.enteredFrom}
            onChange={(enteredFrom) => set({ enteredFrom })}
          />
          <Checks
            legend={t('pipelines.movers')}
            everything={t('pipelines.byEverybody')}
            options={roles}
            chosen={rules.movers}
            onChange={(movers) => set({ movers })}
          />
          {stage.kind === 'open' && <LimitField value={rules.wipLimit} onChange={(wipLimit) => set({ wipLimit })} />}
          {stage.kind === 'open' && <TasksField tasks={rules.tasks} onChange={(next) => set({ tasks: next })} />}
        </fieldset>
        {stage.id && <RulesCheck stageId={stage.id} rules={given} />}
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        {mayManage && (
          <Button
            kind="primary"
            onClick={() => {
              onApply(given)
              onClose()
            }}
          >
            {t('pipelines.applyRules')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  )
}
