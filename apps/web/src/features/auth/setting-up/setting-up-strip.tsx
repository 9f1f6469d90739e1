import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Hourglass } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { renewMe, useMe } from '../../../lib/session/session-store.ts'

const ASK_EVERY_MS = 1_000
/** Usually it is over before anybody could read what it says. */
const LASTS_AFTER_MS = 3_000

/**
 * Says above the page that not everything of the organisation is there yet, and asks for it anew once it is. The page stays: whoever has begun to
 * work would lose what is open there, codes that are shown once among it. Where founding fails, the session ends and a mail says so.
 */
export function SettingUpStrip() {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const { id, isSettingUp } = useMe().organization
  const lasts = useLasting(isSettingUp)
  const { data } = useQuery({
    queryKey: ['auth', 'me', 'setting-up', id],
    queryFn: ({ signal }) => api.auth.getMe({ signal }),
    enabled: isSettingUp,
    refetchInterval: ASK_EVERY_MS,
  })
  useEffect(() => {
    if (!data || data.organization.isSettingUp) return
    renewMe(data)
    void cache.invalidateQueries()
  }, [data, cache])
  if (!lasts) return null
  return (
    <div role="status" className="flex items-center gap-3 border-b border-line bg-canvas px-4 py-2 text-sm">
      <Hourglass aria-hidden className="size-4 shrink-0 text-muted" />
      <p className="min-w-0 flex-1 text-pretty">
        <span className="font-medium">{t('settingUp.title')}</span> <span className="text-muted">{t('settingUp.text')}</span>
      </p>
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
