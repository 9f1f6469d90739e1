import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { retrying } from '../../../lib/api/retrying.ts'
import { showToast } from '../../../ui/toast-store.ts'

interface Deletion {
  run: () => Promise<unknown>
  /** Prefix of the lists in which it is. */
  list: readonly string[]
  deleting: string
  kept: string
}

/** Deletes once the toast with its way back has gone. A tab that is closed meanwhile deletes nothing. */
export function useDeleteLater(): (deletion: Deletion) => void {
  const { t } = useTranslation()
  const cache = useQueryClient()
  return ({ run, list, deleting, kept }) => {
    const remove = () =>
      retrying(run)
        .catch((error: Error) => showToast({ kind: 'problem', text: explain(error, t) }))
        .finally(() => void cache.invalidateQueries({ queryKey: list }))
    const undo = () => showToast({ kind: 'done', text: kept })
    showToast({ kind: 'done', text: deleting, action: { label: t('common.undo'), run: undo }, onGone: () => void remove() })
  }
}
