import { useMemberName } from '../../features/auth/members/queries.ts'
import { TrashPage } from '../../features/crm/bulk/trash-page.tsx'

export const TrashSettingsPage = () => <TrashPage nameOf={useMemberName()} />
