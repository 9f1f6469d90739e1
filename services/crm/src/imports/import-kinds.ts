import type { ImportSettings } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { COMPANY_IMPORT } from './company-import.ts'
import { CONTACT_IMPORT } from './contact-import.ts'
import { DEAL_IMPORT } from './deal-import.ts'
import { Forecast } from './forecast.ts'
import { ImportBatch } from './import-batch.ts'
import type { Storing } from './import-kind.ts'

/** What a file would do, by what it holds. */
export function forecastOf(asker: Ctx, settings: ImportSettings) {
  if (settings.record === 'company') return new Forecast(COMPANY_IMPORT, asker, settings)
  return settings.record === 'deal' ? new Forecast(DEAL_IMPORT, asker, settings) : new Forecast(CONTACT_IMPORT, asker, settings)
}

/** Stores rows of a file, by what it holds. */
export function batchOf(storing: Omit<Storing, 'result'>) {
  const { record } = storing.settings
  if (record === 'company') return new ImportBatch(COMPANY_IMPORT, storing)
  return record === 'deal' ? new ImportBatch(DEAL_IMPORT, storing) : new ImportBatch(CONTACT_IMPORT, storing)
}
