import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { Choice } from '../../../ui/field.tsx'
import { FieldRow } from './field-row.tsx'

export interface Colleague {
  readonly userId: string
  readonly name: string
}

interface OwnerFieldProps {
  ownerId: string | null
  members: readonly Colleague[]
  canUpdate: boolean
  update: { readonly error: Error | null; readonly isPending: boolean }
  onChoose: (ownerId: string | null) => void
}

/** Whose the record is; a choice counts at once. */
export function OwnerField({ ownerId, members, canUpdate, update, onChoose }: OwnerFieldProps) {
  const { t } = useTranslation()
  const isKnown = members.some(({ userId }) => userId === ownerId)
  const unknown = ownerId !== null && !isKnown ? [{ value: ownerId, label: t('records.ownerUnknown') }] : []
  const options = [{ value: '', label: t('records.noOwner') }, ...unknown, ...members.map(({ userId, name }) => ({ value: userId, label: name }))]
  return (
    <FieldRow label={t('records.owner')} problem={update.error && explain(update.error, t)}>
      {canUpdate ? (
        <Choice
          isLabelHidden
          label={t('records.owner')}
          isQuiet
          value={ownerId ?? ''}
          options={options}
          disabled={update.isPending}
          onChange={(userId) => onChoose(userId || null)}
        />
      ) : (
        <p className="px-1 py-1">{options.find(({ value }) => value === (ownerId ?? ''))?.label}</p>
      )}
    </FieldRow>
  )
}
