import { isWithin, RECORD_SCOPES, RECORD_TYPES, scopeOf, type RecordScope, type RecordScopes, type RecordType } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { Choice } from '../../../ui/field.tsx'

/** How far a role reaches, per kind of record: whoever cannot see a record cannot change it. */
export function ScopesEditor({ scopes, onChange }: { scopes: RecordScopes; onChange: (scopes: RecordScopes) => void }) {
  const { t } = useTranslation()
  const set = (record: RecordType, read: RecordScope, write: RecordScope) =>
    onChange({ ...scopes, [record]: { read, write: isWithin(write, read) ? write : read } })
  const optionsUpTo = (limit: RecordScope) =>
    RECORD_SCOPES.filter((scope) => isWithin(scope, limit))
      .toReversed()
      .map((value) => ({ value, label: t(`teams.scope.${value}`) }))
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-xs font-semibold text-muted">{t('teams.scopes')}</legend>
      <p className="text-xs text-faint">{t('teams.scopesHint')}</p>
      {RECORD_TYPES.map((record) => {
        const [read, write] = [scopeOf(scopes, record, 'read'), scopeOf(scopes, record, 'write')]
        return (
          <div key={record} className="grid grid-cols-2 gap-3">
            <Choice label={t(`teams.read.${record}`)} value={read} options={optionsUpTo('all')} onChange={(next) => set(record, next, write)} />
            <Choice label={t(`teams.write.${record}`)} value={write} options={optionsUpTo(read)} onChange={(next) => set(record, read, next)} />
          </div>
        )
      })}
    </fieldset>
  )
}
