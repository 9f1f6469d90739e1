import type { SsoConnection } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { Building2, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { CopyBlock } from '../../../ui/copy-block.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import { ConnectionDialog } from './connection-dialog.tsx'
import { ConnectionRow } from './connection-row.tsx'
import { connectionsQuery } from './queries.ts'

/** The same for every connection of this installation: shown before there is one, because the provider asks for it first. */
const REDIRECT_PATH = '/sso/callback'

export function ConnectionsSection() {
  const { t } = useTranslation()
  const [editing, setEditing] = useState<SsoConnection | 'new' | null>(null)
  const { data, error, refetch } = useQuery(connectionsQuery)
  const redirectUri = data?.items[0]?.redirectUri ?? location.origin + REDIRECT_PATH
  const add = (
    <Button kind="primary" icon={<Plus />} onClick={() => setEditing('new')}>
      {t('sso.connections.add')}
    </Button>
  )
  return (
    <Section title={t('sso.connections.title')} text={t('sso.connections.text')}>
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={1} label={t('common.loading')} />}
      {data?.items.length === 0 && (
        <div className="rounded-xl border border-line">
          <EmptyState icon={<Building2 />} title={t('sso.connections.none')} text={t('sso.connections.noneText')}>
            {add}
          </EmptyState>
        </div>
      )}
      {data && data.items.length > 0 && (
        <>
          <ul aria-label={t('sso.connections.title')} className="flex flex-col divide-y divide-line rounded-xl border border-line">
            {data.items.map((connection) => (
              <ConnectionRow key={connection.id} connection={connection} onEdit={() => setEditing(connection)} />
            ))}
          </ul>
          <div>{add}</div>
        </>
      )}
      <div className="flex flex-col gap-1.5">
        <p className="text-xs font-medium text-muted">{t('sso.connections.redirect')}</p>
        <CopyBlock label={t('sso.connections.redirect')} text={redirectUri} />
      </div>
      <ConnectionDialog editing={editing} onClose={() => setEditing(null)} />
    </Section>
  )
}
