import type { Factors } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { signWithPasskey } from '../../../lib/passkeys/passkeys.ts'
import { beginSession, useMe } from '../../../lib/session/session-store.ts'
import { answerStepUp, useIsStepUpAsked } from '../../../lib/session/step-up-store.ts'
import { Dialog, DialogBody } from '../../../ui/dialog.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { factorsQuery } from '../factors/queries.ts'
import { ProveAtProvider } from './prove-at-provider.tsx'
import { ProofForm, type ProofMethod } from '../proof/proof-form.tsx'

/** A password counts only for who has nothing better. */
function methodsOf({ passkeys, totp, recoveryCodes }: Factors): ProofMethod[] {
  if (passkeys.length === 0 && !totp) return ['password']
  const methods: ProofMethod[] = []
  if (passkeys.length > 0) methods.push('passkey')
  if (totp) methods.push('totp')
  if (recoveryCodes && recoveryCodes.left > 0) methods.push('recovery-code')
  return methods
}

/** Who came by single sign-on alone has nothing that we could ask for. */
const canProve = ({ hasPassword, passkeys, totp }: Factors): boolean => hasPassword || passkeys.length > 0 || totp !== null

/** A provider stands in for the password only, which counts for who has nothing better. */
const isProvenThere = (factors: Factors): factors is Factors & { signedInBy: NonNullable<Factors['signedInBy']> } =>
  Boolean(factors.signedInBy) && factors.passkeys.length === 0 && factors.totp === null

/** Opens when the server asks for a fresh proof; the request that was refused is then repeated. */
export function StepUpDialog() {
  const { t } = useTranslation()
  const me = useMe()
  const isAsked = useIsStepUpAsked()
  const { data, error } = useQuery({ ...factorsQuery, enabled: isAsked })
  return (
    <Dialog title={t('factors.stepUp.title')} isOpen={isAsked} onClose={() => answerStepUp(false)}>
      <DialogBody>
        <p className="text-muted">{t('factors.stepUp.text')}</p>
        {error && <ProblemNote error={error} />}
        {!data && !error && <SkeletonRows count={1} label={t('common.loading')} />}
        {data && !canProve(data) && <p className="text-pretty">{t('sso.stepUp.nothingHere')}</p>}
        {data && canProve(data) && (
          <ProofForm
            methods={methodsOf(data)}
            action={t('factors.stepUp.action')}
            signWithPasskey={async () => signWithPasskey(await api.auth.startStepUpPasskey())}
            prove={async (proof) => {
              beginSession(await api.auth.stepUp({ body: { proof } }))
              answerStepUp(true)
            }}
          />
        )}
        {data && isProvenThere(data) && <ProveAtProvider by={data.signedInBy} email={me.user.email} />}
      </DialogBody>
    </Dialog>
  )
}
