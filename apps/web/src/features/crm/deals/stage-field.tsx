import { DealStage, type Deal, type UpdateDeal } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { useFieldRules } from '../../../lib/session/session-store.ts'
import { Choice } from '../../../ui/field.tsx'
import { FieldRow } from '../records/field-row.tsx'
import { InlineField } from '../records/inline-field.tsx'
import { StageBadge } from './stage-badge.tsx'
import { useUpdateDeal } from './use-update-deal.ts'

/** Where the deal stands, moved by a choice; of a lost one, why. */
export function StageField({ deal, canUpdate }: { deal: Deal; canUpdate: boolean }) {
  const { t } = useTranslation()
  const update = useUpdateDeal(deal)
  return (
    <>
      <FieldRow label={t('deals.stage')} problem={update.error && explain(update.error, t)}>
        {canUpdate ? (
          <Choice
            isLabelHidden
            label={t('deals.stage')}
            className="h-7.5!"
            value={deal.stage}
            options={DealStage.options.map((value) => ({ value, label: t(`deals.stages.${value}`) }))}
            disabled={update.isPending}
            onChange={(stage) => update.mutate({ stage })}
          />
        ) : (
          <span className="inline-block py-1">
            <StageBadge stage={deal.stage} />
          </span>
        )}
      </FieldRow>
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
