import { MAX_HAND_OVER_TASKS, type HandOverPlan } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { membersQuery } from '../../../lib/session/members-query.ts'
import { Choice } from '../../../ui/field.tsx'
import { Section } from '../../../ui/page.tsx'
import { TaskRows } from '../tasks/task-rows.tsx'

interface HandOverFieldsProps {
  plan: HandOverPlan
  onChange: (plan: HandOverPlan) => void
}

/** What happens when a deal is won: whose it is then, and what is to be done. */
export function HandOverFields({ plan, onChange }: HandOverFieldsProps) {
  const { t } = useTranslation()
  const peopleFor = usePeople()
  return (
    <Section title={t('handOver.title')} text={t('handOver.text')}>
      <div className="max-w-sm">
        <Choice
          label={t('handOver.owner')}
          value={plan.ownerId ?? ''}
          options={peopleFor(plan.ownerId, t('handOver.staysOwner'))}
          onChange={(ownerId) => onChange({ ...plan, ownerId: ownerId || null })}
        />
      </div>
      <TaskRows
        legend={t('handOver.tasks')}
        addLabel={t('handOver.addTask')}
        tasks={plan.tasks}
        most={MAX_HAND_OVER_TASKS}
        blank={{ title: '', dueInDays: null, assigneeId: null }}
        onChange={(tasks) => onChange({ ...plan, tasks })}
      >
        {({ assigneeId }, at, set) => (
          <Choice
            isLabelHidden
            label={t('handOver.assignee', { number: at + 1 })}
            value={assigneeId ?? ''}
            options={peopleFor(assigneeId, t('handOver.dealOwner'))}
            onChange={(chosen) => set({ assigneeId: chosen || null })}
            className="h-8! w-44!"
          />
        )}
      </TaskRows>
    </Section>
  )
}

/** The members to choose from, behind what it means that nobody is chosen; who is chosen and has left stands among them. */
function usePeople() {
  const { t } = useTranslation()
  const members = useQuery(membersQuery).data?.items
  return (chosen: string | null, nobody: string) => [
    { value: '', label: nobody },
    ...(chosen !== null && !members?.some(({ userId }) => userId === chosen) ? [{ value: chosen, label: t('records.ownerUnknown') }] : []),
    ...(members ?? []).map(({ userId, name }) => ({ value: userId, label: name })),
  ]
}
