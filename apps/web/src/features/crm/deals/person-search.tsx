import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettled } from '../../../lib/use-settled.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { inputLook } from '../../../ui/field.tsx'
import { contactsQuery } from '../contacts/queries.ts'
import { useFirstChoice } from '../records/use-first-choice.ts'

const SHOWN = 6

/** Contacts found by typing; Enter takes one, Esc leaves everything as it was. */
export function PersonSearch({
  exceptIds,
  onChoose,
  onClose,
}: {
  exceptIds: readonly string[]
  onChoose: (contactId: string, name: string) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const settled = useSettled(typed.trim(), 180)
  const list = useInfiniteQuery({ ...contactsQuery({ search: settled || undefined, sort: 'lastActivityAt' }), placeholderData: keepPreviousData })
  const found = (list.data?.pages[0]?.items ?? []).filter(({ id }) => !exceptIds.includes(id)).slice(0, SHOWN)
  // What is found for other words than those that stand there is not for taking.
  const isStale = typed.trim() !== settled || list.isPlaceholderData
  const [chosen, setChosen] = useFirstChoice(isStale ? undefined : found[0]?.id)
  return (
    <Command
      label={t('deals.addPerson')}
      value={chosen}
      onValueChange={setChosen}
      shouldFilter={false}
      loop
      className="relative"
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') onClose()
      }}
      onBlur={({ currentTarget, relatedTarget }) => !currentTarget.contains(relatedTarget) && onClose()}
    >
      <Command.Input
        autoFocus
        aria-label={t('deals.addPerson')}
        value={typed}
        maxLength={200}
        onValueChange={setTyped}
        placeholder={t('contacts.search')}
        className={`${inputLook} h-7.5`}
      />
      <Command.List
        onMouseDown={(event) => event.preventDefault()}
        className="absolute inset-x-0 top-full z-30 mt-1 max-h-72 overflow-y-auto rounded-xl border border-line bg-raised p-1 shadow-float"
      >
        {found.map(({ id, name, email }) => (
          <Command.Item
            key={id}
            value={id}
            disabled={isStale}
            onSelect={() => onChoose(id, name)}
            className="flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 text-sm select-none data-[selected=true]:bg-hover"
          >
            <Avatar name={name} seed={email ?? name} size="sm" />
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <span className="max-w-[45%] truncate text-xs text-faint">{email}</span>
          </Command.Item>
        ))}
        {found.length === 0 && <p className="px-2 py-1.5 text-xs text-faint">{list.isPending ? t('common.loading') : t('contacts.notFound')}</p>}
      </Command.List>
    </Command>
  )
}
