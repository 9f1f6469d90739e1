import { useQuery } from '@tanstack/react-query'
import { CircleCheck, SearchX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../ui/states.tsx'
import { channelsQuery } from '../channels/queries.ts'
import { FirstEmail } from './first-email.tsx'
import type { Folder } from './folders.ts'
import { conversationCountsQuery } from './queries.ts'

/** Says why the list is empty; for an organisation that never had a conversation, how to get the first. */
export function EmptyFolder({ folder, search }: { folder: Folder; search: string | undefined }) {
  const { t } = useTranslation()
  const counts = useQuery(conversationCountsQuery).data
  const channel = useQuery(channelsQuery).data?.items[0]
  if (search) return <EmptyState icon={<SearchX />} title={t('inbox.empty.search')} text={t('inbox.empty.searchText', { query: search })} />

  const hasNothing = counts && counts.open + counts.snoozed + counts.closed === 0
  if (hasNothing && channel && (folder === 'open' || folder === 'all')) return <FirstEmail channel={channel} />
  return <EmptyState icon={<CircleCheck />} title={t(`inbox.empty.${folder}`)} text={t(`inbox.empty.${folder}Text`)} />
}
