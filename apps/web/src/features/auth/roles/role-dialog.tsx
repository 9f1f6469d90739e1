import { ROLE_BASES, ROLE_PERMISSIONS, type CustomRole, type FieldRules, type RecordScopes, type RoleBase } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { isStatus } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { Choice, TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { FieldRulesEditor, rulesOf } from './field-rules-editor.tsx'
import type { PermissionGroup } from './permission-groups.ts'
import { PermissionChecks } from './permission-checks.tsx'
import { ScopesEditor } from './scopes-editor.tsx'

interface RoleDialogProps {
  /** Null makes a new one. */
  role: CustomRole | null
  groups: readonly PermissionGroup[]
  onClose: () => void
}

/** Makes a role or changes one. Mounted anew for each. */
export function RoleDialog({ role, groups, onClose }: RoleDialogProps) {
  const { t } = useTranslation()
  const formId = useId()
  const [name, setName] = useState(role?.name ?? '')
  const [base, setBase] = useState<RoleBase>(role?.base ?? 'member')
  const [permissions, setPermissions] = useState<ReadonlySet<string>>(() => new Set(role?.permissions ?? ROLE_PERMISSIONS.member))
  const [scopes, setScopes] = useState<RecordScopes>(role?.scopes ?? {})
  const [rules, setRules] = useState<FieldRules>(role?.fields ?? {})
  const { save, remove } = useRoleCommands(role, onClose)
  const [isRemoving, setRemoving] = useState(false)
  const fields = rulesOf(rules)
  return (
    <Dialog title={role ? t('roleSettings.edit') : t('roleSettings.create')} isOpen onClose={onClose}>
      <DialogBody>
        {save.error && (isStatus(save.error, 412) ? <p role="alert">{t('roleSettings.newer')}</p> : <ProblemNote error={save.error} />)}
        {remove.error && <ProblemNote error={remove.error} />}
        <form
          id={formId}
          className="flex flex-col gap-5"
          onSubmit={(event) => {
            event.preventDefault()
            save.mutate({ name: name.trim(), base, permissions: [...permissions], scopes, fields })
          }}
        >
          <TextField label={t('roleSettings.name')} required maxLength={60} value={name} onChange={({ target }) => setName(target.value)} />
          {!role && (
            <Choice
              label={t('roleSettings.base')}
              hint={t('roleSettings.baseHint')}
              value={base}
              options={ROLE_BASES.map((value) => ({ value, label: t(`settings.roles.${value}`) }))}
              onChange={(chosen) => {
                setBase(chosen)
                setPermissions(new Set(ROLE_PERMISSIONS[chosen]))
              }}
            />
          )}
          <PermissionChecks groups={groups} chosen={permissions} onChange={setPermissions} />
          <ScopesEditor scopes={scopes} onChange={setScopes} />
          <FieldRulesEditor rules={rules} onChange={setRules} />
        </form>
      </DialogBody>
      <DialogActions>
        {role && (
          <Button kind="danger" className="mr-auto" onClick={() => setRemoving(true)}>
            {t('roleSettings.remove')}
          </Button>
        )}
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" form={formId} isBusy={save.isPending}>
          {t('common.save')}
        </Button>
      </DialogActions>
      <Confirm
        isOpen={isRemoving}
        title={t('roleSettings.remove')}
        text={t('roleSettings.removeText', { role: t(`settings.roles.${base}`) })}
        action={t('roleSettings.remove')}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate(base)}
        onClose={() => setRemoving(false)}
      />
    </Dialog>
  )
}

function useRoleCommands(role: CustomRole | null, onClose: () => void) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const onSuccess = () => {
    void cache.invalidateQueries({ queryKey: ['auth', 'roles'] })
    void cache.invalidateQueries({ queryKey: ['auth', 'members'] })
    showToast({ kind: 'done', text: t('common.saved') })
    onClose()
  }
  const save = useCommand({
    run: ({ base, ...body }: { name: string; base: RoleBase; permissions: string[]; scopes: RecordScopes; fields: FieldRules }, idempotencyKey) =>
      role
        ? api.auth.updateRole({ params: { roleId: role.id }, body, ifMatch: role.version, idempotencyKey })
        : api.auth.createRole({ body: { ...body, base }, idempotencyKey }),
    onSuccess,
  })
  const remove = useCommand({
    run: (base: RoleBase, idempotencyKey) => api.auth.deleteRole({ params: { roleId: role?.id ?? '' }, body: { role: base }, idempotencyKey }),
    onSuccess,
  })
  return { save, remove }
}
