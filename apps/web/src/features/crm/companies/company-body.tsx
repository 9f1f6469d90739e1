import type { Company } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { DealsSection } from '../deals/deals-section.tsx'
import type { Colleague } from '../records/owner-field.tsx'
import { TasksSection } from '../tasks/tasks-section.tsx'
import { CompanyDetails } from './company-details.tsx'
import { CompanyPeople } from './company-people.tsx'
import { Daughters } from './daughters.tsx'

/** What stands left on a company's page, and above its story in the panel. */
export function CompanyBody({ company, members, onAddPerson }: { company: Company; members: readonly Colleague[]; onAddPerson: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      <section className="flex flex-col gap-3">
        <h2 className="text-xs font-medium text-faint">{t('records.details')}</h2>
        <CompanyDetails key={company.id} company={company} members={members} />
      </section>
      <CompanyPeople companyId={company.id} onAdd={onAddPerson} />
      <TasksSection about={{ companyId: company.id }} members={members} />
      <DealsSection whose={{ companyId: company.id }} />
      <Daughters companyId={company.id} />
    </>
  )
}
