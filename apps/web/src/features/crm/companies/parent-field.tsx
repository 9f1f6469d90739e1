import type { Company } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { CompanyChoice } from './company-choice.tsx'
import { CompanyLink } from './company-link.tsx'
import { companyQuery } from './queries.ts'
import { useUpdateCompany } from './use-update-company.ts'

/** The company that this one belongs to. */
export function ParentField({ company, canUpdate }: { company: Company; canUpdate: boolean }) {
  const { t } = useTranslation()
  const update = useUpdateCompany(company)
  const parent = useQuery({ ...companyQuery(company.parentId ?? ''), enabled: company.parentId !== null, retry: false })
  return (
    <CompanyChoice
      label={t('companies.parent')}
      value={company.parentId && <CompanyLink companyId={company.parentId} />}
      text={company.parentId ? (parent.data?.name ?? '') : ''}
      canUpdate={canUpdate}
      problem={update.error && explain(update.error, t)}
      exceptId={company.id}
      onChoose={({ id }) => id !== company.parentId && update.mutate({ parentId: id })}
      {...(company.parentId ? { onClear: () => update.mutate({ parentId: null }) } : {})}
    />
  )
}
