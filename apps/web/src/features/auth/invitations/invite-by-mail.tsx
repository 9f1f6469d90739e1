import type { Role } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { fieldProblem } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { formText } from '../../../lib/form-text.ts'
import { Button } from '../../../ui/button.tsx'
import { Choice, TextField } from '../../../ui/field.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { useRoleOptions } from '../members/member-row.tsx'

export function InviteByMail() {
  const { t, i18n } = useTranslation()
  const cache = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const [role, setRole] = useState<Role>('member')
  const invite = useCommand({
    run: (email: string, idempotencyKey) => api.auth.inviteByEmail({ body: { email, role, locale: i18n.language === 'ru' ? 'ru' : 'en' }, idempotencyKey }),
    onSuccess: (_invitation, email) => {
      void cache.invalidateQueries({ queryKey: ['auth', 'invitations'] })
      showToast({ kind: 'done', text: t('invitations.sent', { email }) })
      form.current?.reset()
    },
  })
  return (
    <Section title={t('invitations.byMail')} text={t('invitations.byMailText')}>
      {invite.error && <ProblemNote error={invite.error} />}
      <form
        ref={form}
        className="grid items-start gap-4 sm:grid-cols-[1fr_12rem]"
        onSubmit={(event) => {
          event.preventDefault()
          invite.mutate(formText(new FormData(event.currentTarget), 'email'))
        }}
      >
        <TextField
          label={t('invitations.email')}
          name="email"
          type="email"
          required
          maxLength={254}
          autoComplete="off"
          error={fieldProblem(invite.error, 'email')}
        />
        <Choice label={t('invitations.role')} value={role} options={useRoleOptions()} onChange={setRole} />
        <div>
          <Button type="submit" kind="primary" isBusy={invite.isPending}>
            {t('invitations.send')}
          </Button>
        </div>
      </form>
    </Section>
  )
}
