import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { Time } from '../../../ui/time.tsx'
import { organizationQuery } from '../organizations/queries.ts'
import { useKeepOrganization } from './use-keep-organization.ts'

/** A colleague may have asked for it: everybody sees it, on every page, until it is taken back. */
const LOOK_EVERY_MS = 60_000

export function DeletionBanner() {
  const { t } = useTranslation()
  const canKeep = useCan('auth.organization.delete')
  const { data } = useQuery({ ...organizationQuery, refetchInterval: LOOK_EVERY_MS })
  const keep = useKeepOrganization()
  if (!data?.deletion) return null
  return (
    <section
      aria-label={t('departure.title')}
      className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-warn-line bg-warn-soft px-4 py-2 text-sm text-ink"
    >
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-warn" />
      <p className="min-w-0 flex-1">
        {t('departure.banner', { name: data.name })} <Time form="full" at={data.deletion.erasesAt} className="font-medium" />
      </p>
      {canKeep && (
        <Button className="h-7!" isBusy={keep.isPending} onClick={() => keep.mutate()}>
          {t('departure.keep')}
        </Button>
      )}
    </section>
  )
}
