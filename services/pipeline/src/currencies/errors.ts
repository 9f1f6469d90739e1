import { defineError, type FieldError } from '@ai-crm/platform'

export const ratesUnsound = defineError(
  'pipeline.currency.rates_unsound',
  422,
  (_problems: readonly FieldError[]) => 'Rates cannot be like this.',
  (problems) => ({ fields: problems }),
)
