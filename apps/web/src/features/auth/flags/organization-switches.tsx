import { FLAG_KEYS, definitionOf, type FlagKey, type OrganizationFlag } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { Badge } from '../../../ui/badge.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { flagsQuery } from '../../../lib/flags/flags.ts'

const OURS = FLAG_KEYS.filter((key) => definitionOf(key).organizationMay !== 'nothing')

/** What an administrator may switch off here; colleagues see how it stands. */
export function OrganizationSwitches({ flags }: { flags: readonly OrganizationFlag[] }) {
  const { t } = useTranslation()
  const canManage = useCan('auth.flag.manage')
  return (
    <>
      {!canManage && <p className="text-xs text-faint">{t('switches.readOnly')}</p>}
      <ul aria-label={t('switches.ours')} className="flex flex-col divide-y divide-line rounded-xl border border-line">
        {OURS.map((key) => {
          const flag = flags.find((each) => each.key === key)
          return flag && <SwitchRow key={key} name={key} flag={flag} canManage={canManage} />
        })}
      </ul>
    </>
  )
}

function SwitchRow({ name, flag, canManage }: { name: FlagKey; flag: OrganizationFlag; canManage: boolean }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const change = useCommand({
    run: (isOn: boolean) => api.auth.setOrganizationFlag({ params: { flag: name }, body: { isOn: isOn ? null : false } }),
    onSuccess: async ({ isOn }) => {
      await cache.invalidateQueries({ queryKey: flagsQuery.queryKey })
      showToast({ kind: 'done', text: t(isOn ? 'switches.nowOn' : 'switches.nowOff', { name: t(`switches.names.${name}`) }) })
    },
  })
  const isOurs = flag.override === false
  const isTheirs = !flag.isOn && flag.because !== 'organization'
  return (
    <li data-flag={name} className="flex flex-col gap-2 px-4 py-3.5">
      <Switch
        label={t(`switches.names.${name}`)}
        hint={t(`switches.hints.${name}`)}
        isOn={!isOurs}
        isDisabled={!canManage || change.isPending}
        onChange={(isOn) => change.mutate(isOn)}
      />
      {isTheirs && (
        <div className="flex flex-col items-start gap-1 pl-11">
          <Badge tone="warn">{t(flag.because === 'operator' ? 'switches.offForUs' : 'switches.offForEverybody')}</Badge>
          <p className="text-xs text-muted">{t(flag.because === 'operator' ? 'switches.byOperatorForUs' : 'switches.byOperator')}</p>
        </div>
      )}
      {change.error && <ProblemNote error={change.error} />}
    </li>
  )
}
