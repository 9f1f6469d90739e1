import type { RememberedDevice } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Time } from '../../../ui/time.tsx'
import { useFactorCommand } from './use-factor-command.ts'

export function RememberedDevicesSection({ devices }: { devices: readonly RememberedDevice[] }) {
  const { t } = useTranslation()
  const forget = useFactorCommand({
    run: (deviceId: string) => api.auth.forgetRememberedDevice({ params: { deviceId } }),
    done: t('factors.devices.forgotten'),
  })
  const forgetAll = useFactorCommand({ run: () => api.auth.forgetRememberedDevices(), done: t('factors.devices.allForgotten') })
  const problem = forget.error ?? forgetAll.error
  return (
    <Section title={t('factors.devices.title')} text={devices.length === 0 ? t('factors.devices.none') : t('factors.devices.text')}>
      {problem && <ProblemNote error={problem} />}
      <ul className="flex flex-col divide-y divide-line rounded-xl border border-line empty:hidden">
        {devices.map((device) => (
          <li key={device.id} className="flex items-center gap-3 px-4 py-3">
            <div className="min-w-0 flex-1">
              <p className="flex items-center gap-2">
                <span className="truncate" title={device.userAgent}>
                  {device.userAgent || t('factors.devices.unknown')}
                </span>
                {device.isThisDevice && <Badge tone="ok">{t('factors.devices.here')}</Badge>}
              </p>
              <p className="text-xs text-muted">
                {t('factors.lastUsed')} <Time at={device.lastUsedAt} form="relative" /> · {t('factors.devices.until')} <Time at={device.expiresAt} />
              </p>
            </div>
            <Button kind="danger" isBusy={forget.isPending && forget.variables === device.id} onClick={() => forget.mutate(device.id)}>
              {t('factors.devices.forget')}
            </Button>
          </li>
        ))}
      </ul>
      {devices.length > 1 && (
        <Button className="self-start" kind="danger" isBusy={forgetAll.isPending} onClick={() => forgetAll.mutate(undefined)}>
          {t('factors.devices.forgetAll')}
        </Button>
      )}
    </Section>
  )
}
