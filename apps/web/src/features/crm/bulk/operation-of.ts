import { type ListRecord, MAX_SELECTED_IDS, StartOperation } from '@ai-crm/contracts'

/** The records of a list, or some of them by their ids. */
export type Selected = { ids: string[] } | { query: Record<string, string> }

/** What is sent, or why nothing can be yet. */
export type Formed = { readonly body: StartOperation } | { readonly unfit: 'too-many' | 'value' }

/** While somebody types, most values do not fit yet. */
export function operationOf(record: ListRecord, selection: Selected, action: object): Formed {
  if ('ids' in selection && selection.ids.length > MAX_SELECTED_IDS) return { unfit: 'too-many' }
  const { success, data } = StartOperation.safeParse({ record, selection, action })
  return success ? { body: data } : { unfit: 'value' }
}
