import type { Contact } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain } from '../../../lib/api/explain.ts'
import { retrying } from '../../../lib/api/retrying.ts'
import { showToast } from '../../../ui/toast-store.ts'

/** As long as the toast with its way back stays. A tab that is closed meanwhile deletes nothing. */
const UNDO_MS = 7000

/** Deletes after a while in which it can be taken back. */
export function useDeleteContact() {
  const { t } = useTranslation()
  const cache = useQueryClient()
  return ({ id, name }: Contact) => {
    const remove = () =>
      retrying(() => api.crm.deleteContact({ params: { contactId: id } }))
        .catch((error: Error) => showToast({ kind: 'problem', text: explain(error, t) }))
        .finally(() => void cache.invalidateQueries({ queryKey: ['crm', 'contacts'] }))
    const timer = setTimeout(() => void remove(), UNDO_MS)
    const undo = () => {
      clearTimeout(timer)
      showToast({ kind: 'done', text: t('contacts.kept') })
    }
    showToast({ kind: 'done', text: t('contacts.deleting', { name }), action: { label: t('common.undo'), run: undo } })
  }
}
