import { ProblemError, type FieldRecord } from '@ai-crm/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { useSettled } from '../../../lib/use-settled.ts'

const SETTLED_MS = 300

/** What the formula comes to while it is typed; `isCurrent`: of exactly this text. */
export function useFormulaPreview(record: FieldRecord, fieldId: string | null, formula: string) {
  const settled = useSettled(formula.trim(), SETTLED_MS)
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['crm', 'formula-preview', record, fieldId, settled],
    queryFn: ({ signal }) => api.crm.previewFormula({ body: { record, fieldId, formula: settled }, signal }),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
    retry: false,
  })
  const isSettled = settled === formula.trim()
  return { preview: error || settled === '' ? undefined : data, error: isSettled ? error : null, isCurrent: isSettled && !isPlaceholderData && !error }
}

/** Where in the formula something is wrong. */
export function wrongPlace(error: Error | null): { at: number; length: number } | null {
  if (!(error instanceof ProblemError)) return null
  const [, at, length] = /^\/formula\/(\d+)\/(\d+)$/.exec(error.problem.errors?.[0]?.field ?? '') ?? []
  return at === undefined || length === undefined ? null : { at: Number(at), length: Number(length) }
}
