import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { factorsQuery } from './queries.ts'
import { PasskeysSection } from './passkeys-section.tsx'
import { RecoveryCodesDialog } from './recovery-codes-dialog.tsx'
import { RecoveryCodesSection } from './recovery-codes-section.tsx'
import { RememberedDevicesSection } from './remembered-devices-section.tsx'
import { TotpSection } from './totp-section.tsx'

/** Every way beside the password in which the person proves who they are. */
export function FactorsSections() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(factorsQuery)
  const [newCodes, setNewCodes] = useState<readonly string[] | null>(null)
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows count={3} label={t('common.loading')} />
  const hasFactor = data.totp !== null || data.passkeys.length > 0
  return (
    <>
      <TotpSection totp={data.totp} onCodes={setNewCodes} />
      <PasskeysSection passkeys={data.passkeys} onCodes={setNewCodes} />
      {hasFactor && <RecoveryCodesSection codes={data.recoveryCodes} onCodes={setNewCodes} />}
      {hasFactor && <RememberedDevicesSection devices={data.rememberedDevices} />}
      <RecoveryCodesDialog codes={newCodes} onClose={() => setNewCodes(null)} />
    </>
  )
}
