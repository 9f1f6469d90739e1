import type { Contact } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { Choice } from '../../../ui/field.tsx'
import { useUpdateContact } from './use-update-contact.ts'

export interface Colleague {
  readonly userId: string
  readonly name: string
}

/** Whose the contact is; a choice counts at once. */
export function OwnerField({ contact, members }: { contact: Contact; members: readonly Colleague[] }) {
  const { t } = useTranslation()
  const canUpdate = useCan('crm.contact.update')
  const update = useUpdateContact(contact)
  const owner = members.find(({ userId }) => userId === contact.ownerId)
  const unknown = contact.ownerId !== null && !owner ? [{ value: contact.ownerId, label: t('contacts.ownerUnknown') }] : []
  const options = [{ value: '', label: t('contacts.noOwner') }, ...unknown, ...members.map(({ userId, name }) => ({ value: userId, label: name }))]
  return (
    <div className="grid grid-cols-[5rem_minmax(0,1fr)] items-start gap-2">
      <dt className="py-1.5 text-xs text-faint">{t('contacts.owner')}</dt>
      <dd className="min-w-0">
        {canUpdate ? (
          <Choice
            isLabelHidden
            label={t('contacts.owner')}
            className="h-7.5!"
            value={contact.ownerId ?? ''}
            options={options}
            disabled={update.isPending}
            onChange={(userId) => update.mutate({ ownerId: userId || null })}
          />
        ) : (
          <p className="px-1 py-1">{options.find(({ value }) => value === (contact.ownerId ?? ''))?.label}</p>
        )}
        {update.error && (
          <p role="alert" className="pt-1 text-xs text-danger">
            {explain(update.error, t)}
          </p>
        )}
      </dd>
    </div>
  )
}
