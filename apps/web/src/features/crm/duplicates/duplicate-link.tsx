import { MAX_COUNTED_DUPLICATES, type MergeRecord } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CopyCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { duplicatesSummaryQuery } from './queries.ts'

/** The way to the pairs that wait, with how many they are. */
export function DuplicateLink({ record }: { record: MergeRecord }) {
  const { t } = useTranslation()
  const { data } = useQuery(duplicatesSummaryQuery(record))
  const open = data?.open ?? 0
  return (
    <Link
      to="/duplicates"
      search={record === 'contact' ? {} : { record }}
      className="inline-flex h-8 items-center gap-1.5 rounded-lg px-2 text-sm text-muted hover:bg-hover hover:text-ink [&_svg]:size-4"
    >
      <CopyCheck aria-hidden />
      <span className="sr-only lg:not-sr-only">{t('duplicates.title')}</span>
      {open > 0 && (
        <span className="rounded-md bg-accent-soft px-1.5 text-2xs font-medium text-accent-text tabular-nums">
          {open >= MAX_COUNTED_DUPLICATES ? t('inbox.moreThan', { count: MAX_COUNTED_DUPLICATES - 1 }) : open}
        </span>
      )}
    </Link>
  )
}
