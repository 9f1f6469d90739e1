import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import { RecordPanel, type PanelProps } from '../records/record-panel.tsx'
import { Story } from '../records/story.tsx'
import { CompanyBody } from './company-body.tsx'
import { companyQuery, companyTimelineQuery } from './queries.ts'

/** A company beside the list. */
export function CompanyPanel({ id: companyId, members, nameOf, onAddPerson, onClose, onMerged }: PanelProps & { onAddPerson: () => void }) {
  const { t } = useTranslation()
  const { data: company, error, refetch, isFetching } = useQuery(companyQuery(companyId))
  return (
    <RecordPanel
      name={company?.name}
      kind={t('companies.one')}
      page={{ to: '/companies/$companyId', params: { companyId } }}
      mark={company && <Avatar name={company.name} seed={company.domains?.[0] ?? company.name} shape="square" />}
      {...{ error, isFetching, onClose, onMerged }}
      onRetry={() => void refetch()}
    >
      {company && (
        <>
          <CompanyBody company={company} members={members} onAddPerson={onAddPerson} />
          <Story isOfMany about={{ companyId }} timeline={companyTimelineQuery(companyId)} {...{ members, nameOf }} />
        </>
      )}
    </RecordPanel>
  )
}
