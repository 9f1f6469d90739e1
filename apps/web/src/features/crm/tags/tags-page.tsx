import type { Tag } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { Pencil, Plus, Tags } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { PageTitle } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import { countedTagsQuery } from './queries.ts'
import { TagChip } from './tag-chip.tsx'
import { TagDialog } from './tag-dialog.tsx'

/** The organisation's tags, kept in order. */
export function TagsPage() {
  const { t } = useTranslation()
  const mayManage = useCan('crm.tag.manage')
  const { data, error, refetch } = useQuery(countedTagsQuery)
  const [open, setOpen] = useState<{ tag: Tag | null } | null>(null)
  const tags = data?.items
  const createButton = mayManage && (
    <Button kind="primary" icon={<Plus />} onClick={() => setOpen({ tag: null })}>
      {t('tags.create')}
    </Button>
  )
  return (
    <div className="flex flex-col gap-4">
      <PageTitle title={t('tags.title')} text={t('tags.text')} />
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!tags && !error && <SkeletonRows count={3} label={t('common.loading')} />}
      {tags?.length === 0 && (
        <div className="rounded-xl border border-line">
          <EmptyState icon={<Tags />} title={t('tags.empty')} text={t('tags.emptyText')}>
            {createButton}
          </EmptyState>
        </div>
      )}
      {tags && tags.length > 0 && (
        <>
          {createButton && <div>{createButton}</div>}
          <ul aria-label={t('tags.title')} className="flex flex-col divide-y divide-line rounded-xl border border-line">
            {tags.map((tag) => (
              <li key={tag.id} className="flex min-h-11 items-center gap-3 px-4 py-1.5">
                <span className="flex min-w-0 flex-1">
                  <TagChip name={tag.name} color={tag.color} />
                </span>
                <span className="text-xs text-faint tabular-nums">{t('tags.records', { count: tag.recordCount ?? 0 })}</span>
                {mayManage && (
                  <IconButton label={t('tags.change', { name: tag.name })} onClick={() => setOpen({ tag })}>
                    <Pencil />
                  </IconButton>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {open && <TagDialog tag={open.tag} tags={tags ?? []} onClose={() => setOpen(null)} />}
    </div>
  )
}
