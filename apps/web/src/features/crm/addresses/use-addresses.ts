import type { Contact, UpdateContact } from '@ai-crm/contracts'
import { useQueryClient, type UseMutationResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { showToast } from '../../../ui/toast-store.ts'
import { contactQuery } from '../contacts/queries.ts'
import type { Address, AddressKind, AddressList } from './address-kinds.ts'

interface Addresses<List extends AddressList> {
  kind: AddressKind<List>
  contact: Contact
  addresses: readonly Address<List>[]
  update: UseMutationResult<unknown, Error, UpdateContact>
}

interface Told {
  onSuccess?: () => void
  onError?: () => void
}

/** What can be done with the addresses of a contact; each counts at once. */
export function useAddresses<List extends AddressList>({ kind, contact, addresses, update }: Addresses<List>) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const keep = (kept: readonly Address<List>[], told: Told = {}) => update.mutate(kind.update(kept), told)
  const without = (index: number) => addresses.filter((_address, nth) => nth !== index)
  return {
    /** In the place of the one with this index, or behind all. */
    replace: (index: number, address: Address<List>, told: Told) =>
      keep(index < addresses.length ? addresses.with(index, address) : [...addresses, address], told),
    makePrimary: (index: number) => keep([...addresses.slice(index, index + 1), ...without(index)]),
    remove: (index: number) => {
      const removed = addresses[index]
      if (!removed) return
      const undo = () => {
        // Among those that there are by then.
        const current = cache.getQueryData(contactQuery(contact.id).queryKey)
        const now: readonly Address<List>[] = current?.[kind.list] ?? without(index)
        keep(now.toSpliced(index, 0, removed))
      }
      const tell = () =>
        showToast({ kind: 'done', text: t('addresses.removed', { address: kind.shownAs(removed) }), action: { label: t('common.undo'), run: undo } })
      // Also to who has gone on to something else; the field itself shows what was refused.
      update.mutateAsync(kind.update(without(index))).then(tell, () => undefined)
    },
  }
}
