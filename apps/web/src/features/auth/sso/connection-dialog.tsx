import { JOINING_ROLES, type SsoConnection } from '@ai-crm/contracts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { fieldProblem } from '../../../lib/api/explain.ts'
import { formText } from '../../../lib/form-text.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { Choice, TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { useSsoCommand } from './use-sso-command.ts'

/** What the provider gave; an issuer is never changed, because people are known by what it calls them. */
export function ConnectionDialog({ editing, onClose }: { editing: SsoConnection | 'new' | null; onClose: () => void }) {
  const { t } = useTranslation()
  const known = editing === 'new' ? null : editing
  return (
    <Dialog title={known ? t('sso.connections.editTitle', { name: known.name }) : t('sso.connections.add')} isOpen={editing !== null} onClose={onClose}>
      {editing !== null && <ConnectionForm key={known?.version ?? 'new'} known={known} onClose={onClose} />}
    </Dialog>
  )
}

type JoiningRole = (typeof JOINING_ROLES)[number]
type RoleChoice = JoiningRole | 'nobody'

function ConnectionForm({ known, onClose }: { known: SsoConnection | null; onClose: () => void }) {
  const { t } = useTranslation()
  const formId = useId()
  const [role, setRole] = useState<RoleChoice>(known ? (known.defaultRole ?? 'nobody') : 'member')
  const [isTrustedToAskAgain, setTrustedToAskAgain] = useState(known?.isTrustedToAskAgain ?? false)
  const defaultRole = role === 'nobody' ? null : role
  const save = useSsoCommand({
    run: (form: FormData) => (known ? update(known, form, { defaultRole, isTrustedToAskAgain }) : create(form, defaultRole)),
    done: known ? t('common.saved') : t('sso.connections.added'),
    onSuccess: onClose,
  })
  const isFieldProblem = fieldProblem(save.error, 'issuer') !== undefined
  return (
    <>
      <DialogBody>
        {save.error && !isFieldProblem && <ProblemNote error={save.error} />}
        <form
          id={formId}
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            save.mutate(new FormData(event.currentTarget))
          }}
        >
          <TextField label={t('sso.connections.name')} hint={t('sso.connections.nameHint')} name="name" required maxLength={100} defaultValue={known?.name} />
          <TextField
            label={t('sso.connections.issuer')}
            hint={t('sso.connections.issuerHint')}
            error={fieldProblem(save.error, 'issuer')}
            name="issuer"
            type="url"
            required
            maxLength={500}
            defaultValue={known?.issuer}
            disabled={known !== null}
          />
          <TextField label={t('sso.connections.clientId')} name="client-id" required maxLength={300} defaultValue={known?.clientId} autoComplete="off" />
          <TextField
            label={t('sso.connections.clientSecret')}
            hint={known ? t('sso.connections.secretKept') : undefined}
            name="client-secret"
            type="password"
            required={known === null}
            maxLength={2000}
            autoComplete="off"
          />
          <Choice
            label={t('sso.connections.role')}
            value={role}
            options={[
              ...JOINING_ROLES.map((value) => ({ value, label: t(`settings.roles.${value}`) })),
              { value: 'nobody' as const, label: t('sso.connections.nobody') },
            ]}
            onChange={setRole}
          />
          {known && (
            <Switch
              label={t('sso.connections.asksAgain')}
              hint={t('sso.connections.asksAgainHint')}
              isOn={isTrustedToAskAgain}
              onChange={setTrustedToAskAgain}
            />
          )}
        </form>
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" form={formId} isBusy={save.isPending}>
          {t('sso.connections.save')}
        </Button>
      </DialogActions>
    </>
  )
}

const create = (form: FormData, defaultRole: JoiningRole | null): Promise<SsoConnection> =>
  api.auth.createSsoConnection({
    body: {
      name: formText(form, 'name'),
      issuer: formText(form, 'issuer'),
      clientId: formText(form, 'client-id'),
      clientSecret: formText(form, 'client-secret'),
      defaultRole,
    },
  })

/** Only what is another one: new credentials have to be tested again. */
function update(
  known: SsoConnection,
  form: FormData,
  { defaultRole, isTrustedToAskAgain }: { defaultRole: JoiningRole | null; isTrustedToAskAgain: boolean },
): Promise<SsoConnection> {
  const [clientId, clientSecret] = [formText(form, 'client-id'), formText(form, 'client-secret')]
  return api.auth.updateSsoConnection({
    params: { connectionId: known.id },
    ifMatch: known.version,
    body: {
      name: formText(form, 'name'),
      defaultRole,
      ...(isTrustedToAskAgain === known.isTrustedToAskAgain ? {} : { isTrustedToAskAgain }),
      ...(clientId === known.clientId ? {} : { clientId }),
      ...(clientSecret === '' ? {} : { clientSecret }),
    },
  })
}
