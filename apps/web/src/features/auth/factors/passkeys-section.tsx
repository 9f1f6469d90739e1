import type { Passkey } from '@ai-crm/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { formText } from '../../../lib/form-text.ts'
import { arePasskeysPossible, makePasskey } from '../../../lib/passkeys/passkeys.ts'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProofProblem } from '../proof/proof-form.tsx'
import { PasskeyRow } from './passkey-row.tsx'
import { useFactorCommand } from './use-factor-command.ts'

interface PasskeysSectionProps {
  passkeys: readonly Passkey[]
  onCodes: (codes: readonly string[]) => void
}

export function PasskeysSection({ passkeys, onCodes }: PasskeysSectionProps) {
  const { t } = useTranslation()
  const [removing, setRemoving] = useState<Passkey | null>(null)
  const add = useFactorCommand({
    run: async (name: string) => api.auth.addPasskey({ body: { name, credential: await makePasskey(await api.auth.startPasskey()) } }),
    done: t('factors.passkeys.added'),
    onSuccess: ({ recoveryCodes }) => recoveryCodes && onCodes(recoveryCodes),
  })
  const remove = useFactorCommand({
    run: (passkeyId: string) => api.auth.removePasskey({ params: { passkeyId } }),
    done: t('factors.passkeys.removed'),
    onSuccess: () => setRemoving(null),
  })
  const problem = add.error ?? remove.error
  return (
    <Section title={t('factors.passkeys.title')} text={t('factors.passkeys.text')}>
      {problem && <ProofProblem error={problem} />}
      <ul className="flex flex-col divide-y divide-line rounded-xl border border-line empty:hidden">
        {passkeys.map((passkey) => (
          <PasskeyRow key={passkey.id} passkey={passkey} onRemove={() => setRemoving(passkey)} />
        ))}
      </ul>
      {arePasskeysPossible() ? (
        <form
          className="flex flex-wrap items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault()
            add.mutate(formText(new FormData(event.currentTarget), 'name'))
          }}
        >
          <div className="min-w-52 flex-1">
            <TextField label={t('factors.passkeys.name')} name="name" required maxLength={100} defaultValue={t('factors.passkeys.defaultName')} />
          </div>
          <Button type="submit" className="h-9" kind={passkeys.length === 0 ? 'primary' : 'plain'} isBusy={add.isPending}>
            {t('factors.passkeys.add')}
          </Button>
        </form>
      ) : (
        <p className="text-muted">{t('factors.passkeys.impossible')}</p>
      )}
      <Confirm
        isOpen={removing !== null}
        title={t('factors.passkeys.removeTitle', { name: removing?.name ?? '' })}
        text={t('factors.passkeys.removeText')}
        action={t('factors.passkeys.removeAction')}
        isBusy={remove.isPending}
        onConfirm={() => removing && remove.mutate(removing.id)}
        onClose={() => setRemoving(null)}
      />
    </Section>
  )
}
