import type { FilterNode } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { Choice } from '../../../ui/field.tsx'

const OWNERS = ['all', 'mine', 'teams', 'nobody'] as const
type Owner = Exclude<(typeof OWNERS)[number], 'all'>

const OWNER_OPERATORS = { mine: 'isMe', teams: 'isMyTeams', nobody: 'isEmpty' } as const

/** The choice as conditions, for a view that keeps it. */
export const ownerConditions = (owner: Owner | undefined): FilterNode[] => (owner ? [{ field: 'ownerId', op: OWNER_OPERATORS[owner] }] : [])

/** Whose records a list shows: the one filter that everybody needs every day. */
export function OwnerChoice({
  words,
  value,
  onChange,
}: {
  words: 'contacts' | 'companies' | 'deals'
  value: Owner | undefined
  onChange: (owner: Owner | undefined) => void
}) {
  const { t } = useTranslation()
  return (
    <Choice
      isLabelHidden
      label={t(`${words}.owners.label`)}
      value={value ?? 'all'}
      options={OWNERS.map((owner) => ({ value: owner, label: t(`${words}.owners.${owner}`) }))}
      onChange={(owner) => onChange(owner === 'all' ? undefined : owner)}
      className="h-8! w-auto max-sm:max-w-36"
    />
  )
}
