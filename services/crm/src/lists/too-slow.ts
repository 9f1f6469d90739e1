import type { ListFilterQuery } from '@ai-crm/contracts'
import { sqlStateOf } from '@ai-crm/platform'
import { listTooSlow } from './errors.ts'

const QUERY_CANCELED = '57014'

/** A list that was narrowed, and read for as long as a statement may: whoever asks is told what would help, instead of being let try the same again. Throws `listTooSlow` (422). */
export async function withinStatement<Answer>({ filter, search, operationId }: ListFilterQuery, run: () => Promise<Answer>): Promise<Answer> {
  return run().catch((error: unknown) => {
    throw sqlStateOf(error) === QUERY_CANCELED && [filter, search, operationId].some((asked) => asked !== undefined) ? listTooSlow() : error
  })
}
