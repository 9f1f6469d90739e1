import type { CustomRole } from '@ai-crm/contracts'
import { Check, Minus } from 'lucide-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { PermissionGroup } from './permission-groups.ts'

export interface Column {
  readonly id: string
  readonly label: string
  readonly permissions: ReadonlySet<string>
  readonly members: number
  readonly custom: CustomRole | null
}

interface RoleMatrixProps {
  groups: readonly PermissionGroup[]
  columns: readonly Column[]
  onOpen: ((role: CustomRole) => void) | null
}

/** Permissions down, roles across. The organisation's own roles open by their name. */
export function RoleMatrix({ groups, columns, onOpen }: RoleMatrixProps) {
  const { t } = useTranslation()
  // `relative`: what only screen readers see is placed in it, and would else make the page as wide as the whole table.
  return (
    <div role="region" aria-label={t('roleSettings.title')} tabIndex={0} className="relative overflow-x-auto rounded-xl border border-line">
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line align-bottom">
            <th scope="col" className="sticky left-0 min-w-40 bg-surface px-4 py-2.5 text-left text-xs font-medium text-muted">
              {t('roleSettings.permission')}
            </th>
            {columns.map((column) => (
              <th key={column.id} scope="col" className="px-2 py-2.5 text-center text-xs font-medium">
                <ColumnHead column={column} onOpen={onOpen} />
                <span className="block font-normal text-faint tabular-nums" title={t('roleSettings.members', { count: column.members })}>
                  <span aria-hidden>{column.members}</span>
                  <span className="sr-only">{t('roleSettings.members', { count: column.members })}</span>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map(({ service, label, permissions }) => (
            <Fragment key={service}>
              <tr className="bg-canvas">
                <th scope="colgroup" colSpan={columns.length + 1} className="px-4 py-1.5 text-left text-xs font-semibold text-muted">
                  {label}
                </th>
              </tr>
              {permissions.map((permission) => (
                <tr key={permission.name} className="border-t border-line">
                  <th scope="row" className="sticky left-0 bg-surface px-4 py-2 text-left font-normal">
                    {permission.label}
                  </th>
                  {columns.map((column) => (
                    <td key={column.id} className="px-2 py-2 text-center">
                      <Mark isPermitted={column.permissions.has(permission.name)} />
                    </td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ColumnHead({ column, onOpen }: { column: Column; onOpen: RoleMatrixProps['onOpen'] }) {
  const { custom, label } = column
  if (!custom || !onOpen) return <span className="block max-w-32 truncate">{label}</span>
  return (
    <button type="button" onClick={() => onOpen(custom)} className="mx-auto block max-w-32 truncate text-ink underline underline-offset-2">
      {label}
    </button>
  )
}

function Mark({ isPermitted }: { isPermitted: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      {isPermitted ? <Check aria-hidden className="mx-auto size-4 text-accent" /> : <Minus aria-hidden className="mx-auto size-4 text-faint opacity-50" />}
      <span className="sr-only">{isPermitted ? t('roleSettings.yes') : t('roleSettings.no')}</span>
    </>
  )
}
