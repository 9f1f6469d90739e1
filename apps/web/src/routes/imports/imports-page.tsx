import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { FileDrop } from '../../features/crm/imports/file-drop.tsx'
import { RecentImports } from '../../features/crm/imports/recent-imports.tsx'
import { PageHeader } from '../../ui/page.tsx'

/** Where a file is brought, and what became of those before. */
export function ImportsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <>
      <PageHeader title={t('imports.title')} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex w-full max-w-3xl flex-col gap-6 px-4 py-6">
          <p className="text-muted text-pretty">{t('imports.teach')}</p>
          <FileDrop onSent={({ id }) => void navigate({ to: '/import/$importId', params: { importId: id } })} />
          <RecentImports />
        </div>
      </div>
    </>
  )
}
