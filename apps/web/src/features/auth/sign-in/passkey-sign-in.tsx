import type { SignedIn } from '@ai-crm/contracts'
import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { arePasskeysPossible, signWithPasskey } from '../../../lib/passkeys/passkeys.ts'
import { publicApi } from '../../../lib/session/refresh.ts'
import { Button } from '../../../ui/button.tsx'
import { ProofProblem } from '../proof/proof-form.tsx'

/** Without e-mail and password: the browser shows the passkeys that it has for us. */
export function PasskeySignIn({ onSignedIn }: { onSignedIn: (signedIn: SignedIn) => void }) {
  const { t } = useTranslation()
  const signIn = useMutation({
    mutationFn: async () => {
      const credential = await signWithPasskey(await publicApi.auth.startPasskeySignIn())
      onSignedIn(await publicApi.auth.signInWithPasskey({ body: { credential } }))
    },
  })
  if (!arePasskeysPossible()) return null
  return (
    <>
      {signIn.error && <ProofProblem error={signIn.error} />}
      <Button className="h-9" icon={<KeyRound />} isBusy={signIn.isPending} onClick={() => signIn.mutate()}>
        {t('factors.passkeys.signIn')}
      </Button>
    </>
  )
}
