import type { ListRecord } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { fieldsQuery } from '../../../lib/session/fields-query.ts'
import { useMe } from '../../../lib/session/session-store.ts'
import { usePipelines } from '../../../lib/pipelines/use-pipelines.ts'
import { tagsQuery } from '../tags/queries.ts'
import { offeredFields, type ShownField } from './offered-fields.ts'

/** What no event of the record tells; of a contact, the company stands there by its name. */
const UNTOLD: ReadonlySet<string> = new Set(['lastActivityAt', 'createdAt', 'updatedAt', 'contact.companyId'])

/** The fields of a record that its events tell, without what the reader's role hides and what is computed. */
export function useToldFields(record: ListRecord): ShownField[] {
  const me = useMe()
  const customs = (useQuery(fieldsQuery).data?.items ?? []).filter(({ formula, isHidden }) => formula === null && !isHidden)
  const tags = useQuery(tagsQuery).data?.items ?? []
  const pipelines = usePipelines()
  return offeredFields(record, me, { customs, tags, pipelines }).flatMap(({ relation, field }) =>
    relation === null && ![field.key, `${record}.${field.key}`].some((key) => UNTOLD.has(key)) ? [field] : [],
  )
}
