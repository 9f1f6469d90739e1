import type { MergeRecord } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { showToast } from '../../../ui/toast-store.ts'
import { duplicateKeys, type Mergeable, type Pair } from './queries.ts'

export interface Merging {
  readonly survivor: Mergeable
  readonly other: Mergeable
  readonly take: readonly string[]
}

function useRefresh(record: MergeRecord): () => void {
  const cache = useQueryClient()
  return () => {
    for (const queryKey of duplicateKeys(record)) void cache.invalidateQueries({ queryKey })
  }
}

/** Undoes a merge; what comes back is told. */
export function useUnmerge(record: MergeRecord, onDone?: () => void) {
  const { t } = useTranslation()
  const refresh = useRefresh(record)
  return useCommand({
    run: ({ mergeId }: { mergeId: string }, idempotencyKey) => {
      const request = { params: { mergeId }, idempotencyKey }
      return record === 'contact' ? api.crm.unmergeContact(request) : api.crm.unmergeCompany(request)
    },
    onSuccess: ({ mergedName }) => {
      refresh()
      showToast({ kind: 'done', text: t('duplicates.unmerged', { name: mergedName }) })
      onDone?.()
    },
    onError: (error) => showToast({ kind: 'problem', text: explain(error, t) }),
  })
}

/** Takes one record into the other; the toast has the way back. */
export function useMerge(record: MergeRecord, onMerged?: (survivorId: string) => void) {
  const { t } = useTranslation()
  const refresh = useRefresh(record)
  const unmerge = useUnmerge(record)
  return useCommand({
    run: ({ survivor, other, take }: Merging, idempotencyKey) => {
      const body = { otherId: other.id, otherVersion: other.version, take: [...take] }
      const request = { body, ifMatch: survivor.version, idempotencyKey }
      return record === 'contact'
        ? api.crm.mergeContact({ params: { contactId: survivor.id }, ...request })
        : api.crm.mergeCompany({ params: { companyId: survivor.id }, ...request })
    },
    onSuccess: ({ id, survivorId, survivorName }) => {
      refresh()
      const undo = { label: t('common.undo'), run: () => unmerge.mutate({ mergeId: id }) }
      showToast({ kind: 'done', text: t('duplicates.merged', { name: survivorName }), action: undo })
      onMerged?.(survivorId)
    },
    onError: () => refresh(),
  })
}

/** Two that are not the same; the toast takes it back. */
export function useJudge(record: MergeRecord) {
  const { t } = useTranslation()
  const refresh = useRefresh(record)
  const judge = useCommand({
    run: ({ pair, status }: { pair: Pair; status: 'open' | 'dismissed' }) => {
      const body = { oneId: pair.one.id, otherId: pair.other.id, status }
      return record === 'contact' ? api.crm.judgeDuplicateContacts({ body }) : api.crm.judgeDuplicateCompanies({ body })
    },
    onSuccess: (_nothing, { pair, status }) => {
      refresh()
      if (status === 'open') return showToast({ kind: 'done', text: t('duplicates.asksAgain') })
      showToast({ kind: 'done', text: t('duplicates.dismissed'), action: { label: t('common.undo'), run: () => judge.mutate({ pair, status: 'open' }) } })
    },
    onError: (error) => showToast({ kind: 'problem', text: explain(error, t) }),
  })
  return judge
}

export function useScan(record: MergeRecord) {
  const { t } = useTranslation()
  const refresh = useRefresh(record)
  return useCommand({
    run: (_nothing: undefined, idempotencyKey) => (record === 'contact' ? api.crm.scanContacts({ idempotencyKey }) : api.crm.scanCompanies({ idempotencyKey })),
    onSuccess: refresh,
    onError: (error) => showToast({ kind: 'problem', text: explain(error, t) }),
  })
}
