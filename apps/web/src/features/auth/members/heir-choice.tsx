import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Choice } from '../../../ui/field.tsx'
import { membersQuery } from './queries.ts'

interface HeirChoiceProps {
  leavingId: string
  /** Null: nobody. */
  value: string | null
  onChange: (userId: string | null) => void
}

/** Who takes over what somebody was assigned. */
export function HeirChoice({ leavingId, value, onChange }: HeirChoiceProps) {
  const { t } = useTranslation()
  const { data } = useQuery(membersQuery)
  const others = data?.items.filter(({ userId, disabledAt }) => userId !== leavingId && disabledAt === null) ?? []
  const options = [{ value: '', label: t('team.nobody') }, ...others.map(({ userId, name }) => ({ value: userId, label: name }))]
  return <Choice label={t('team.handOver')} value={value ?? ''} options={options} onChange={(chosen) => onChange(chosen || null)} />
}
