import type { Deal, UpdateDeal } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { useFieldRules } from '../../../lib/session/session-store.ts'
import { InlineField } from '../records/inline-field.tsx'
import { useUpdateDeal } from './use-update-deal.ts'

/** Why a deal was lost, where the reader may see it. */
export function LostReasonField({ deal, canUpdate }: { deal: Deal; canUpdate: boolean }) {
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
