import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Maximize2, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { FilesSection } from '../files/files-section.tsx'
import { NotesSection } from '../notes/notes-section.tsx'
import { Timeline } from '../records/timeline.tsx'
import type { Colleague } from '../records/owner-field.tsx'
import { CompanyBody } from './company-body.tsx'
import { companyQuery, companyTimelineQuery } from './queries.ts'

interface CompanyPanelProps {
  companyId: string
  members: readonly Colleague[]
  nameOf: (userId: string) => string | null
  onAddPerson: () => void
  onClose: () => void
}

/** A company beside the list: the whole of it, narrow. */
export function CompanyPanel({ companyId, members, nameOf, onAddPerson, onClose }: CompanyPanelProps) {
  const { t } = useTranslation()
  const { data: company, error, refetch } = useQuery(companyQuery(companyId))
  return (
    <aside aria-label={company?.name ?? t('companies.one')} className="flex w-96 shrink-0 flex-col border-l border-line 2xl:w-[28rem]">
      <header className="flex h-11 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4">
        {company && <Avatar name={company.name} seed={company.domains?.[0] ?? company.name} shape="square" />}
        <h2 className="min-w-0 flex-1 truncate font-semibold">{company?.name}</h2>
        <Link
          to="/companies/$companyId"
          params={{ companyId }}
          aria-label={t('companies.openPage')}
          title={t('companies.openPage')}
          className="flex size-8 items-center justify-center rounded-lg text-muted hover:bg-hover hover:text-ink"
        >
          <Maximize2 aria-hidden className="size-4" />
        </Link>
        <IconButton label={t('common.close')} shortcut="escape" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto p-4" tabIndex={-1}>
        {error && !company && <ProblemNote error={error} onRetry={() => void refetch()} />}
        {!company && !error && <SkeletonRows count={5} label={t('common.loading')} />}
        {company && (
          <>
            <CompanyBody company={company} members={members} onAddPerson={onAddPerson} />
            <NotesSection about={{ companyId }} members={members} />
            <FilesSection about={{ companyId }} members={members} />
            <section className="flex flex-col gap-3">
              <h2 className="text-xs font-medium text-faint">{t('records.timeline')}</h2>
              <Timeline isOfMany query={companyTimelineQuery(companyId)} nameOf={nameOf} />
            </section>
          </>
        )}
      </div>
    </aside>
  )
}
