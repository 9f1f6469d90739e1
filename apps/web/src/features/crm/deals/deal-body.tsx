import type { Deal } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import type { Colleague } from '../records/owner-field.tsx'
import { TasksSection } from '../tasks/tasks-section.tsx'
import { DealDetails } from './deal-details.tsx'
import { DealPeople } from './deal-people.tsx'

/** What stands left on a deal's page, and above its story in the panel. */
export function DealBody({ deal, members }: { deal: Deal; members: readonly Colleague[] }) {
  const { t } = useTranslation()
  return (
    <>
      <section className="flex flex-col gap-3">
        <h2 className="text-xs font-medium text-faint">{t('records.details')}</h2>
        <DealDetails key={deal.id} deal={deal} members={members} />
      </section>
      <TasksSection about={{ dealId: deal.id }} members={members} />
      <DealPeople deal={deal} />
    </>
  )
}
