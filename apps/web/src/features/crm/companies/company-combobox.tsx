import type { Company } from '@ai-crm/contracts'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { Building2, Plus, Text, Unlink } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { useSettled } from '../../../lib/use-settled.ts'
import { choiceLook, inputLook } from '../../../ui/field.tsx'
import { useFirstChoice } from '../records/use-first-choice.ts'
import { companiesQuery } from './queries.ts'

const SHOWN = 7
const CREATE = '+create'
interface CompanyComboboxProps {
  label: string
  /** What stands in the field to begin with. */
  text: string
  /** Not among the choices: a company cannot belong to itself. */
  exceptId?: string
  onChoose: (company: Company) => void
  /** Offered where given, for a name that no company has. */
  onCreate?: (name: string) => void
  /** Offered where given: the name as a text, of no company. */
  onText?: (text: string) => void
  /** Offered where given: nothing any more. */
  onClear?: () => void
  onClose: () => void
}

/** A company found by typing, with the keyboard alone: arrows choose, Enter takes, Esc leaves everything as it was. */
export function CompanyCombobox({ label, text, exceptId, onChoose, onCreate, onText, onClear, onClose }: CompanyComboboxProps) {
  const { t } = useTranslation()
  const canCreate = useCan('crm.company.create')
  const [typed, setTyped] = useState(text)
  const name = typed.trim()
  const settled = useSettled(name, 180)
  const list = useInfiniteQuery({ ...companiesQuery(settled ? { search: settled, sort: 'name' } : { sort: 'createdAt' }), placeholderData: keepPreviousData })
  const found = (list.data?.pages[0]?.items ?? []).filter(({ id }) => id !== exceptId).slice(0, SHOWN)
  const isNew = name !== '' && !found.some((company) => company.name.toLowerCase() === name.toLowerCase())
  // What is found for other words than those that stand there is not for taking, nor is a new company until it is known to be new.
  const isStale = name !== settled || list.isPlaceholderData || list.isPending
  const [chosen, setChosen] = useFirstChoice(isStale ? undefined : (found[0]?.id ?? (isNew && canCreate && onCreate ? CREATE : undefined)))
  return (
    <Command
      label={label}
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
        aria-label={label}
        value={typed}
        maxLength={200}
        onValueChange={setTyped}
        onFocus={({ target }) => target.select()}
        placeholder={t('companies.choose')}
        className={`${inputLook} h-7.5`}
      />
      <Command.List
        // The field keeps the focus: pressing a choice is no leaving.
        onMouseDown={(event) => event.preventDefault()}
        className="absolute inset-x-0 top-full z-30 mt-1 max-h-72 overflow-y-auto rounded-xl border border-line bg-raised p-1 shadow-float"
      >
        {found.map((company) => (
          <Command.Item key={company.id} value={company.id} disabled={isStale} className={choiceLook} onSelect={() => onChoose(company)}>
            <Building2 aria-hidden />
            <span className="min-w-0 flex-1 truncate">{company.name}</span>
            <span className="max-w-[45%] truncate text-xs text-faint">{company.domains?.[0]}</span>
          </Command.Item>
        ))}
        {found.length === 0 && !isNew && !onClear && <Note>{list.isPending ? t('common.loading') : t('companies.empty')}</Note>}
        {isNew && canCreate && onCreate && (
          <Command.Item value={CREATE} disabled={isStale} className={choiceLook} onSelect={() => onCreate(name)}>
            <Plus aria-hidden />
            <span className="min-w-0 flex-1 truncate">{t('companies.createNamed', { name })}</span>
          </Command.Item>
        )}
        {isNew && onText && name !== text && (
          <Command.Item value="+text" className={choiceLook} onSelect={() => onText(name)}>
            <Text aria-hidden />
            <span className="min-w-0 flex-1 truncate">{t('companies.onlyText', { name })}</span>
          </Command.Item>
        )}
        {onClear && (
          <Command.Item value="+clear" className={choiceLook} onSelect={onClear}>
            <Unlink aria-hidden />
            {t('companies.clear')}
          </Command.Item>
        )}
      </Command.List>
    </Command>
  )
}

const Note = ({ children }: { children: ReactNode }) => <p className="px-2 py-1.5 text-xs text-faint">{children}</p>
