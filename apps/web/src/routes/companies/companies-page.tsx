import { useNavigate, useSearch } from '@tanstack/react-router'
import { Building2 } from 'lucide-react'
import { CompanyPanel } from '../../features/crm/companies/company-panel.tsx'
import { companyShape } from '../../features/crm/companies/company-shape.tsx'
import { NewCompanyDialog } from '../../features/crm/companies/new-company-dialog.tsx'
import { companiesQuery, companiesSummaryQuery } from '../../features/crm/companies/queries.ts'
import { OwnerChoice, ownerConditions } from '../../features/crm/lists/quick-choice.tsx'
import type { PanelProps } from '../../features/crm/records/record-panel.tsx'
import { newCompanyOpen } from '../../lib/open-store.ts'
import { ListPage } from '../records/list-page.tsx'
import { useNewPerson } from './use-new-person.tsx'

function Panel(panel: PanelProps) {
  const newPerson = useNewPerson()
  return (
    <>
      <CompanyPanel {...panel} onAddPerson={() => newPerson.open(panel.id)} />
      {newPerson.dialog}
    </>
  )
}

export function CompaniesPage() {
  const navigate = useNavigate()
  const search = useSearch({ from: '/app/companies' })
  const { owner } = search
  const show = (change: typeof search) => void navigate({ to: '/companies', search: { ...search, ...change }, replace: true })
  return (
    <ListPage
      shape={companyShape}
      words="companies"
      icon={<Building2 />}
      search={search}
      queryOf={(params) => companiesQuery({ ...params, owner })}
      summaryOf={(params, summed) => companiesSummaryQuery({ ...params, owner }, summed)}
      show={show}
      own={{ conditions: ownerConditions(owner), showWithout: (change) => show({ owner: undefined, ...change }) }}
      openPage={(companyId, how) => void navigate({ to: '/companies/$companyId', params: { companyId }, ...how })}
      createOpen={newCompanyOpen}
      quickFilters={<OwnerChoice words="companies" value={owner} onChange={(value) => show({ owner: value })} />}
      Panel={Panel}
      NewDialog={NewCompanyDialog}
    />
  )
}
