import { DealStage, type Deal, type UpdateDeal } from '@ai-crm/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { useFieldRules } from '../../../lib/session/session-store.ts'
import { Choice } from '../../../ui/field.tsx'
import { FieldRow } from '../records/field-row.tsx'
import { InlineField } from '../records/inline-field.tsx'
import { MissingValuesDialog, missingIn } from './missing-values-dialog.tsx'
import { StageBadge } from './stage-badge.tsx'
import { useUpdateDeal } from './use-update-deal.ts'

/** Where the deal stands, moved by a choice, which asks for what the stage demands; of a lost one, why. */
export function StageField({ deal, canUpdate }: { deal: Deal; canUpdate: boolean }) {
  const { t } = useTranslation()
  const update = useUpdateDeal(deal)
  const [asked, setAsked] = useState<{ stage: DealStage; fieldIds: readonly string[] } | null>(null)
  const move = (stage: DealStage) =>
    update.mutate(
      { stage },
      {
        onError: (error) => {
          const fieldIds = missingIn(error)
          if (fieldIds) setAsked({ stage, fieldIds })
        },
      },
    )
  const problem = update.error && missingIn(update.error) === null ? explain(update.error, t) : null
  return (
    <>
      <FieldRow label={t('deals.stage')} problem={problem}>
        {canUpdate ? (
          <Choice
            isLabelHidden
            label={t('deals.stage')}
            isQuiet
            value={deal.stage}
            options={DealStage.options.map((value) => ({ value, label: t(`deals.stages.${value}`) }))}
            disabled={update.isPending}
            onChange={move}
          />
        ) : (
          <span className="inline-block py-1">
            <StageBadge stage={deal.stage} />
          </span>
        )}
      </FieldRow>
      {asked && (
        <MissingValuesDialog
          {...asked}
          move={{ ...update, mutate: (change) => update.mutate(change, { onSuccess: () => setAsked(null) }) }}
          onClose={() => setAsked(null)}
        />
      )}
      {deal.stage === 'lost' && <LostReason deal={deal} canUpdate={canUpdate} />}
    </>
  )
}

function LostReason({ deal, canUpdate }: { deal: Deal; canUpdate: boolean }) {
  const { t } = useTranslation()
  const rules = useFieldRules('deal')
  const update = useUpdateDeal(deal)
  if (rules['lostReason'] === 'hidden') return null
  return (
    <InlineField<UpdateDeal>
      label={t('deals.lostReason')}
      value={deal.lostReason}
      maxLength={500}
      isMultiline
      canUpdate={canUpdate && !rules['lostReason']}
      changeOf={(typed) => ((typed.trim() || null) === deal.lostReason ? null : { lostReason: typed.trim() || null })}
      update={update}
      field="lostReason"
    />
  )
}
