import { defineError, permissionDenied, reachesAll, type Asker } from '@ai-crm/platform'

export const fieldHidden = defineError(
  'pipeline.forecast.field_hidden',
  403,
  () => 'A forecast is made of amounts and dates of deals, which your role does not show.',
)

/** Nobody learns from sums what is hidden in each deal. Throws `fieldHidden` (403). */
export function requireForecastRights({ rights }: Asker): void {
  const rules = rights?.fields.deal ?? {}
  if (rules['amountMinor'] === 'hidden' || rules['expectedCloseOn'] === 'hidden') throw fieldHidden()
}

/** What was kept was made of all deals. Throws `permissionDenied`, `fieldHidden` (403). */
export function requireWholeForecast(asker: Asker): void {
  requireForecastRights(asker)
  if (!reachesAll(asker, 'deal', 'read')) throw permissionDenied('crm.deal.read')
}
