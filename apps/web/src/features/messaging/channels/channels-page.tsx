import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { ChannelCard } from './channel-card.tsx'
import { channelsQuery } from './queries.ts'

export function ChannelsPage() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(channelsQuery)
  return (
    <>
      <PageTitle title={t('channels.title')} text={t('channels.text')} />
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={3} label={t('common.loading')} />}
      <div className="flex flex-col gap-6">
        {data?.items.map((channel) => (
          <ChannelCard key={channel.id} channel={channel} />
        ))}
      </div>
    </>
  )
}
