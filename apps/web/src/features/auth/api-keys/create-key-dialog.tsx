import { API_KEY_PERMISSIONS, PERMISSIONS, type CreatedApiKey } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { formText } from '../../../lib/form-text.ts'
import { useMe } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { Choice, TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { usePermissionGroups } from '../roles/permission-groups.ts'
import { apiKeysQuery } from './queries.ts'

const LIFETIMES = ['30', '90', '365', 'never'] as const
type Lifetime = (typeof LIFETIMES)[number]

/** Makes a key of what the person may do themselves; `onCreated` gets the secret, which nobody sees again. */
export function CreateKeyDialog({ isOpen, onClose, onCreated }: { isOpen: boolean; onClose: () => void; onCreated: (key: CreatedApiKey) => void }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const formId = useId()
  const [lifetime, setLifetime] = useState<Lifetime>('90')
  const [isEmpty, setIsEmpty] = useState(false)
  const create = useCommand({
    run: (body: { name: string; permissions: string[]; allowedNetworks: string[]; expiresInDays: number | null }) => api.auth.createApiKey({ body }),
    onSuccess: (created) => {
      void cache.invalidateQueries({ queryKey: apiKeysQuery.queryKey })
      onCreated(created)
    },
  })
  const submit = (form: FormData) => {
    const permissions = form.getAll('permission').map(String)
    setIsEmpty(permissions.length === 0)
    if (permissions.length === 0) return
    const allowedNetworks = formText(form, 'networks')
      .split(/[\s,]+/)
      .filter(Boolean)
    create.mutate({ name: formText(form, 'name'), permissions, allowedNetworks, expiresInDays: lifetime === 'never' ? null : Number(lifetime) })
  }
  const close = () => {
    create.reset()
    onClose()
  }
  return (
    <Dialog title={t('apiKeys.create')} isOpen={isOpen} onClose={close}>
      <DialogBody>
        {create.error && <ProblemNote error={create.error} />}
        <form
          id={formId}
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            submit(new FormData(event.currentTarget))
          }}
        >
          <TextField label={t('apiKeys.name')} hint={t('apiKeys.nameHint')} name="name" required maxLength={100} />
          <PermissionFields error={isEmpty ? t('apiKeys.permissionsNeeded') : null} />
          <Choice
            label={t('apiKeys.expires')}
            value={lifetime}
            options={LIFETIMES.map((value) => ({ value, label: value === 'never' ? t('apiKeys.never') : t('apiKeys.days', { count: Number(value) }) }))}
            onChange={setLifetime}
          />
          <TextField label={t('apiKeys.networks')} hint={t('apiKeys.networksHint')} name="networks" maxLength={500} />
        </form>
      </DialogBody>
      <DialogActions>
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" form={formId} isBusy={create.isPending}>
          {t('apiKeys.make')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** What keys may do and this person may too. */
function PermissionFields({ error }: { error: string | null }) {
  const { t } = useTranslation()
  const { permissions } = useMe()
  const own = API_KEY_PERMISSIONS.filter((name) => permissions.includes(name))
  const groups = usePermissionGroups(own.map((name) => ({ name, service: name.split('.')[0] ?? '', meaning: PERMISSIONS[name] })))
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-xs font-medium text-muted">{t('apiKeys.permissions')}</legend>
      <div className="flex max-h-64 flex-col gap-4 overflow-y-auto rounded-lg border border-line-strong p-3">
        {groups.map(({ service, label, permissions: ofService }) => (
          <div key={service} role="group" aria-label={label} className="flex flex-col gap-2">
            <p className="text-xs font-semibold text-muted">{label}</p>
            {ofService.map((permission) => (
              <label key={permission.name} className="flex items-start gap-2.5">
                <input type="checkbox" name="permission" value={permission.name} className="mt-0.5 size-4 shrink-0 accent-accent" />
                <span className="min-w-0">
                  {permission.label} <code className="inline-block font-mono text-xs text-faint">{permission.name}</code>
                </span>
              </label>
            ))}
          </div>
        ))}
      </div>
      {error && (
        <p role="alert" className="text-xs text-danger">
          {error}
        </p>
      )}
    </fieldset>
  )
}
