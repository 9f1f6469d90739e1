import type { Deal } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { DayField } from '../records/day-field.tsx'
import { useUpdateDeal } from './use-update-deal.ts'

export function CloseField({ deal, canUpdate }: { deal: Deal; canUpdate: boolean }) {
  const { t } = useTranslation()
  const update = useUpdateDeal(deal)
  return (
    <DayField
      label={t('deals.expectedClose')}
      day={deal.expectedCloseOn}
      canUpdate={canUpdate}
      isBusy={update.isPending}
      problem={update.error && explain(update.error, t)}
      onSave={(expectedCloseOn) => update.mutate({ expectedCloseOn })}
    />
  )
}
