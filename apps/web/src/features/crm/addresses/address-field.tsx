import { MAX_ADDRESSES, type Contact } from '@ai-crm/contracts'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explain, hasCode, isStatus } from '../../../lib/api/explain.ts'
import { useUpdateContact } from '../contacts/use-update-contact.ts'
import { FieldRow } from '../records/field-row.tsx'
import { AddressEditor } from './address-editor.tsx'
import type { Address, AddressKind, AddressList } from './address-kinds.ts'
import { AddressRow } from './address-row.tsx'
import { useAddresses } from './use-addresses.ts'

interface AddressFieldProps<List extends AddressList> {
  kind: AddressKind<List>
  contact: Contact
  addresses: readonly Address<List>[]
  canUpdate: boolean
}

/** All addresses of a kind, the primary one first; each is changed in place. */
export function AddressField<List extends AddressList>({ kind, contact, addresses, canUpdate }: AddressFieldProps<List>) {
  const { t } = useTranslation()
  const name = t(`addresses.kinds.${kind.list}`)
  const update = useUpdateContact(contact)
  const { replace, makePrimary, remove } = useAddresses({ kind, contact, addresses, update })
  /** Which is being changed; as many as there are: a new one. */
  const [edited, setEdited] = useState<number | null>(null)
  const close = () => setEdited(null)
  // Each change tells the whole list: the next one begins from what the last one has left.
  const mayAct = canUpdate && !update.isPending
  const editor = (index: number) => (
    <AddressEditor
      key={`editor ${index}`}
      kind={kind}
      name={name}
      address={addresses[index] ?? null}
      isBusy={update.isPending}
      onSave={(address, onRefused) => replace(index, address, { onSuccess: close, onError: onRefused })}
      onRemove={() => {
        close()
        remove(index)
      }}
      onClose={() => {
        update.reset()
        close()
      }}
    />
  )
  return (
    <FieldRow label={name} problem={useProblem(update.error)}>
      <ul aria-label={name} className="flex flex-col">
        {addresses.map((address, index) =>
          edited === index ? (
            <li key="editor">{editor(index)}</li>
          ) : (
            <AddressRow
              key={kind.textOf(address)}
              {...{ kind, name, address }}
              canUpdate={mayAct}
              isPrimary={index === 0}
              isOnly={addresses.length === 1}
              onEdit={() => setEdited(index)}
              onPrimary={() => makePrimary(index)}
              onRemove={() => remove(index)}
            />
          ),
        )}
        {edited === addresses.length && <li>{editor(edited)}</li>}
      </ul>
      {mayAct && edited === null && addresses.length < MAX_ADDRESSES && (
        <AddButton name={name} isFirst={addresses.length === 0} onPress={() => setEdited(addresses.length)} />
      )}
      {!canUpdate && addresses.length === 0 && <span className="inline-block px-1 py-1 text-faint">—</span>}
    </FieldRow>
  )
}

function AddButton({ name, isFirst, onPress }: { name: string; isFirst: boolean; onPress: () => void }) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      aria-label={t('addresses.add', { field: name })}
      onClick={onPress}
      className={`-ml-1 flex w-full items-center gap-1 rounded-md px-2 text-left text-faint hover:bg-hover hover:text-ink ${isFirst ? 'min-h-7.5' : 'min-h-6 text-xs'}`}
    >
      {!isFirst && <Plus aria-hidden className="size-3" />}
      {t(isFirst ? 'records.add' : 'addresses.addMore')}
    </button>
  )
}

const OWN_CONFLICTS = ['crm.contact.email_taken', 'crm.contact.telegram_taken']

function useProblem(error: Error | null): string | null {
  const { t } = useTranslation()
  if (!error) return null
  const isOfVersion = isStatus(error, 409, 412) && !OWN_CONFLICTS.some((code) => hasCode(error, code))
  return isOfVersion ? t('records.newer') : explain(error, t)
}
