import { flagOf, type InstallationFlag } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { Time } from '../../../ui/time.tsx'
import { ChangeFlagDialog } from './change-flag-dialog.tsx'
import { ExceptionsDialog } from './exceptions-dialog.tsx'
import { installationFlagsQuery } from './queries.ts'
import { useFlagName } from './use-flag-name.ts'

/** For the operator: every flag of the installation, and what was decided about it. */
export function InstallationSwitches() {
  const { t } = useTranslation()
  const [changing, setChanging] = useState<InstallationFlag | null>(null)
  const [excepting, setExcepting] = useState<InstallationFlag | null>(null)
  const { data, error, refetch } = useQuery(installationFlagsQuery)
  return (
    <>
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={4} label={t('common.loading')} />}
      {data && (
        <ul aria-label={t('switches.everybody')} className="flex flex-col divide-y divide-line rounded-xl border border-line">
          {data.items.map((flag) => (
            <InstallationRow key={flag.key} flag={flag} onChange={() => setChanging(flag)} onExcept={() => setExcepting(flag)} />
          ))}
        </ul>
      )}
      {excepting && <ExceptionsDialog flag={excepting} onClose={() => setExcepting(null)} />}
      {changing && <ChangeFlagDialog flag={changing} onClose={() => setChanging(null)} />}
    </>
  )
}

function InstallationRow({ flag, onChange, onExcept }: { flag: InstallationFlag; onChange: () => void; onExcept: () => void }) {
  const { t } = useTranslation()
  const nameOf = useFlagName()
  const known = flagOf(flag.key)
  const name = nameOf(flag.key)
  const { on, off } = flag.overrides
  const exceptions = flag.exceptions.on + flag.exceptions.off
  return (
    <li data-installation-flag={flag.key} className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3.5">
      <div className="flex min-w-0 flex-1 basis-64 flex-col gap-0.5">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {name}
          <FlagState flag={flag} />
        </p>
        <p className="text-xs text-muted">{known ? t(`switches.sentences.${known.key}`) : flag.sentence}</p>
        <p className="text-xs text-faint">
          {t('switches.owner', { owner: flag.owner })}
          {flag.expiresOn === null ? ` · ${t('switches.stays')}` : ` · ${t('switches.until', { day: flag.expiresOn })}`}
          {off > 0 && ` · ${t('switches.offFor', { count: off })}`}
          {on > 0 && ` · ${t('switches.onFor', { count: on })}`}
          {exceptions > 0 && ` · ${t('switches.excepted', { count: exceptions })}`}
          {flag.changedAt !== null && (
            <>
              {` · ${t('switches.changed')} `}
              <Time at={flag.changedAt} form="relative" />
            </>
          )}
        </p>
      </div>
      {flag.scope === 'organization' && (
        <Button kind="quiet" aria-label={`${t('switches.exceptFor')} ${name}`} onClick={onExcept}>
          {t('switches.exceptFor')}
        </Button>
      )}
      <Button kind={flag.isKilled ? 'primary' : 'plain'} aria-label={`${t('switches.change')}: ${name}`} onClick={onChange}>
        {t('switches.change')}
      </Button>
    </li>
  )
}

function FlagState({ flag }: { flag: InstallationFlag }) {
  const { t } = useTranslation()
  if (flag.isKilled) return <Badge tone="danger">{t('switches.killed')}</Badge>
  if (flag.percentage !== null) return <Badge tone="accent">{t('switches.share', { percentage: flag.percentage })}</Badge>
  return flag.default ? <Badge tone="ok">{t('switches.on')}</Badge> : <Badge>{t('switches.notYet')}</Badge>
}
