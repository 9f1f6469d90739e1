import type { PasskeyAssertion, StepUpProof } from '@ai-crm/contracts'
import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formText } from '../../../lib/form-text.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { PasswordField } from '../sign-in/password-field.tsx'

export type ProofMethod = StepUpProof['method']

interface ProofFormProps {
  /** In the order in which they are offered; the first is shown. */
  methods: readonly ProofMethod[]
  action: string
  signWithPasskey: () => Promise<PasskeyAssertion>
  /** Rejects when the proof was refused. */
  prove: (proof: StepUpProof) => Promise<void>
  children?: ReactNode
}

/** Proves who one is in one of several ways: a code, a recovery code, a passkey or the password. */
export function ProofForm({ methods, action, signWithPasskey, prove, children }: ProofFormProps) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<ProofMethod | null>(null)
  const method = chosen ?? methods[0] ?? 'password'
  const proving = useMutation({ mutationFn: async (make: () => StepUpProof | Promise<StepUpProof>) => prove(await make()) })
  const choose = (next: ProofMethod) => {
    proving.reset()
    setChosen(next)
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        proving.mutate(() => proofOf(method, form, signWithPasskey))
      }}
    >
      {proving.error && <ProofProblem error={proving.error} />}
      <ProofInput key={method} method={method} />
      {children}
      <Button type="submit" kind="primary" className="h-9" isBusy={proving.isPending} icon={method === 'passkey' ? <KeyRound /> : undefined}>
        {method === 'passkey' ? t('factors.proof.usePasskey') : action}
      </Button>
      <div className="flex flex-wrap justify-center gap-x-4 gap-y-1">
        {methods
          .filter((other) => other !== method)
          .map((other) => (
            <button key={other} type="button" className="rounded-md text-accent-text hover:underline" onClick={() => choose(other)}>
              {t(`factors.proof.other.${other}`)}
            </button>
          ))}
      </div>
    </form>
  )
}

async function proofOf(method: ProofMethod, form: FormData, signWithPasskey: () => Promise<PasskeyAssertion>): Promise<StepUpProof> {
  if (method === 'passkey') return { method, credential: await signWithPasskey() }
  if (method === 'password') return { method, password: formText(form, 'password') }
  return { method, code: formText(form, 'code') }
}

function ProofInput({ method }: { method: ProofMethod }) {
  const { t } = useTranslation()
  if (method === 'password') return <PasswordField purpose="current-password" />
  if (method === 'passkey') return <p className="text-muted">{t('factors.proof.passkeyText')}</p>
  const isTotp = method === 'totp'
  return (
    <TextField
      label={isTotp ? t('factors.proof.code') : t('factors.proof.recoveryCode')}
      hint={isTotp ? t('factors.proof.codeHint') : t('factors.proof.recoveryCodeHint')}
      name="code"
      required
      autoFocus
      inputMode={isTotp ? 'numeric' : 'text'}
      autoComplete={isTotp ? 'one-time-code' : 'off'}
      maxLength={isTotp ? 10 : 60}
      className="font-mono tracking-wider"
    />
  )
}

/** Who turned away from the browser's own dialog made no mistake of the server's. */
export function ProofProblem({ error }: { error: Error }) {
  const { t } = useTranslation()
  if (error.name !== 'NotAllowedError' && error.name !== 'AbortError') return <ProblemNote error={error} />
  return (
    <p role="alert" className="text-muted">
      {t('factors.passkeys.turnedAway')}
    </p>
  )
}
