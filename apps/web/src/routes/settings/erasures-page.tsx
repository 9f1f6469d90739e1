import { useMemberName } from '../../features/auth/members/queries.ts'
import { ErasuresPage as Erasures } from '../../features/crm/person/erasures-page.tsx'

export function ErasuresPage() {
  return <Erasures nameOf={useMemberName()} />
}
