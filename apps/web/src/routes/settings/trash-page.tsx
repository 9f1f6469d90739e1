import { useNavigate } from '@tanstack/react-router'
import { useMemberName } from '../../features/auth/members/queries.ts'
import { TrashPage } from '../../features/crm/bulk/trash-page.tsx'

export function TrashSettingsPage() {
  const navigate = useNavigate()
  return <TrashPage nameOf={useMemberName()} onErasing={() => void navigate({ to: '/settings/erasures' })} />
}
