import { useTranslation } from 'react-i18next'
import { useMe } from '../../../lib/session/session-store.ts'
import type { PermissionGroup } from './permission-groups.ts'

interface PermissionChecksProps {
  groups: readonly PermissionGroup[]
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
}

/** What somebody does not have themselves they cannot grant: it is greyed out and says so. */
export function PermissionChecks({ groups, chosen, onChange }: PermissionChecksProps) {
  const { t } = useTranslation()
  const own = new Set(useMe().permissions)
  const toggle = (name: string) => {
    const next = new Set(chosen)
    if (!next.delete(name)) next.add(name)
    onChange(next)
  }
  return groups.map(({ service, label, permissions }) => (
    <fieldset key={service} className="flex flex-col gap-2">
      <legend className="mb-2 text-xs font-semibold text-muted">{label}</legend>
      {permissions.map((permission) => {
        const isMine = own.has(permission.name)
        return (
          <label key={permission.name} className="flex items-start gap-2.5">
            <input
              type="checkbox"
              className="mt-0.5 size-4 shrink-0 accent-accent"
              checked={chosen.has(permission.name)}
              disabled={!isMine && !chosen.has(permission.name)}
              onChange={() => toggle(permission.name)}
            />
            <span>
              {permission.label}
              {!isMine && <span className="block text-xs text-faint">{t('roleSettings.notYours')}</span>}
            </span>
          </label>
        )
      })}
    </fieldset>
  ))
}
