import { isAdministering, ROLE_PERMISSIONS, type Role } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explainField, fieldProblem } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { formTextOrNull } from '../../../lib/form-text.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyBlock } from '../../../ui/copy-block.tsx'
import { Choice, TextField } from '../../../ui/field.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { useRoleOptions } from '../members/member-row.tsx'

/** The secret is answered once and stands in no stored answer: making the invitation and its link are two calls. */
export function InviteByLink() {
  const { t, i18n } = useTranslation()
  const cache = useQueryClient()
  const [role, setRole] = useState<Role>('member')
  const [email, setEmail] = useState('')
  const [maxUses, setMaxUses] = useState('10')
  const isForOne = email.trim() !== ''
  const make = useCommand({
    run: async (form: FormData, idempotencyKey) => {
      const locale = i18n.language === 'ru' ? 'ru' : 'en'
      const bound = { domain: formTextOrNull(form, 'domain'), email: formTextOrNull(form, 'email') }
      const { id } = await api.auth.inviteByLink({ body: { role, locale, maxUses: isForOne ? 1 : Number(maxUses), ...bound }, idempotencyKey })
      return api.auth.makeInvitationLink({ params: { invitationId: id } })
    },
    onSuccess: () => void cache.invalidateQueries({ queryKey: ['auth', 'invitations'] }),
  })
  return (
    <Section title={t('invitations.byLink')} text={t('invitations.byLinkText')}>
      {make.error && <ProblemNote error={make.error} />}
      <form
        className="grid items-start gap-4 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault()
          make.mutate(new FormData(event.currentTarget))
        }}
      >
        <Choice label={t('invitations.role')} value={role} options={useRoleOptions()} onChange={setRole} />
        <TextField
          label={t('invitations.maxUses')}
          type="number"
          min={1}
          max={500}
          required
          value={isForOne ? '1' : maxUses}
          disabled={isForOne}
          onChange={({ target }) => setMaxUses(target.value)}
        />
        <TextField
          label={t('invitations.domain')}
          hint={t('invitations.domainHint')}
          name="domain"
          maxLength={253}
          error={fieldProblem(make.error, 'domain')}
        />
        <TextField
          label={t('invitations.onlyFor')}
          hint={t('invitations.onlyForHint')}
          name="email"
          type="email"
          value={email}
          onChange={({ target }) => setEmail(target.value)}
          required={[...ROLE_PERMISSIONS[role]].some(isAdministering)}
          maxLength={254}
          autoComplete="off"
          error={explainField(make.error, 'email', t)}
        />
        <div>
          <Button type="submit" isBusy={make.isPending}>
            {t('invitations.makeLink')}
          </Button>
        </div>
      </form>
      {make.data && <ShownLink link={make.data.link} />}
    </Section>
  )
}

export function ShownLink({ link }: { link: string }) {
  const { t } = useTranslation()
  return (
    <div role="status" className="flex flex-col gap-1.5">
      <CopyBlock text={link} label={t('invitations.link')} />
      <p className="text-xs text-muted">{t('invitations.linkOnce')}</p>
    </div>
  )
}
