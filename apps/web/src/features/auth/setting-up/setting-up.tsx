import { useQuery } from '@tanstack/react-query'
import { Hourglass } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { renewMe, useMe } from '../../../lib/session/session-store.ts'
import { EmptyState } from '../../../ui/states.tsx'

const ASK_EVERY_MS = 1_000
/** Usually it is over before anybody could read what it says. */
const LASTS_AFTER_MS = 3_000

/** What the organisation consists of, once all of it is there. Where founding fails, the session ends and a mail says so. */
export function WhenSetUp({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const { isSettingUp } = useMe().organization
  const lasts = useLasting(isSettingUp)
  const { data } = useQuery({
    queryKey: ['auth', 'me', 'setting-up'],
    queryFn: ({ signal }) => api.auth.getMe({ signal }),
    enabled: isSettingUp,
    refetchInterval: ASK_EVERY_MS,
  })
  useEffect(() => {
    if (data && !data.organization.isSettingUp) renewMe(data)
  }, [data])
  if (!isSettingUp || !lasts) return children
  return (
    <div role="status" className="m-auto">
      <EmptyState isWholePage icon={<Hourglass />} title={t('settingUp.title')} text={t('settingUp.text')} />
    </div>
  )
}

function useLasting(isSettingUp: boolean): boolean {
  const [lasts, setLasts] = useState(false)
  useEffect(() => {
    if (!isSettingUp) return
    const timer = setTimeout(() => setLasts(true), LASTS_AFTER_MS)
    return () => clearTimeout(timer)
  }, [isSettingUp])
  return isSettingUp && lasts
}
