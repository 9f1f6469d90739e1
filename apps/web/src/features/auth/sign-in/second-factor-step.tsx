import type { SecondFactorNeeded, SignedIn } from '@ai-crm/contracts'
import { ShieldCheck } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { signWithPasskey } from '../../../lib/passkeys/passkeys.ts'
import { publicApi } from '../../../lib/session/refresh.ts'
import { Button } from '../../../ui/button.tsx'
import { ProofForm } from '../proof/proof-form.tsx'

interface SecondFactorStepProps {
  needed: SecondFactorNeeded
  onSignedIn: (signedIn: SignedIn) => void
  onBack: () => void
}

/** After the right password: nobody is signed in before this is answered. */
export function SecondFactorStep({ needed, onSignedIn, onBack }: SecondFactorStepProps) {
  const { t } = useTranslation()
  const remember = useRef<HTMLInputElement>(null)
  const { challenge, methods } = needed
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-start gap-2.5">
        <ShieldCheck aria-hidden className="mt-0.5 size-4.5 shrink-0 text-accent-text" />
        <div>
          <h2 className="text-base font-semibold">{t('factors.step.title')}</h2>
          <p className="text-muted">{t('factors.step.text')}</p>
        </div>
      </div>
      <ProofForm
        methods={methods}
        action={t('auth.signIn')}
        signWithPasskey={async () => signWithPasskey(await publicApi.auth.startSecondFactorPasskey({ body: { challenge } }))}
        prove={async (proof) => {
          if (proof.method === 'password') return
          onSignedIn(await publicApi.auth.signInWithSecondFactor({ body: { challenge, proof, rememberDevice: remember.current?.checked ?? false } }))
        }}
      >
        <label className="flex items-center gap-2">
          <input ref={remember} type="checkbox" className="size-4 accent-accent" />
          {t('factors.step.remember')}
        </label>
      </ProofForm>
      <p className="text-xs text-muted">{t('factors.step.lost')}</p>
      <Button kind="quiet" onClick={onBack}>
        {t('factors.step.back')}
      </Button>
    </div>
  )
}
