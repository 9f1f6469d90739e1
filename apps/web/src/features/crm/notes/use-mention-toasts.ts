import type { RecordNote } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { useNewsToasts } from '../records/use-news-toasts.ts'
import { mentionsQuery } from './queries.ts'

/** Notes that mention me while the app is open. Mounted once, by the shell. */
export function useMentionToasts(nameOf: (userId: string) => string | null): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { data } = useQuery({ ...mentionsQuery, enabled: useCan('crm.note.read') })
  const open = ({ contactId, companyId, dealId }: RecordNote) => {
    if (contactId) void navigate({ to: '/contacts/$contactId', params: { contactId } })
    else if (companyId) void navigate({ to: '/companies/$companyId', params: { companyId } })
    else if (dealId) void navigate({ to: '/deals/$dealId', params: { dealId } })
  }
  useNewsToasts<RecordNote>({
    items: data?.items,
    keyOf: ({ id }) => id,
    toastOf: (note) => ({
      text: t('notes.mentioned', { name: (note.authorId && nameOf(note.authorId)) ?? t('records.ownerUnknown') }),
      action: { label: t('notes.openIt'), run: () => open(note) },
    }),
  })
}
