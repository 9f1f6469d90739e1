import type { FieldRecord } from '@ai-crm/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { Unlink } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettled } from '../../../lib/use-settled.ts'
import { choiceLook, inputLook } from '../../../ui/field.tsx'
import { useFirstChoice } from '../records/use-first-choice.ts'
import { foundQuery, namedQuery } from './queries.ts'
import type { ValueInputProps } from './value-input-props.ts'

interface RecordChoiceProps extends Omit<ValueInputProps, 'field'> {
  field: { readonly label: string }
  record: FieldRecord
}

/** A record found by typing, with the keyboard alone: arrows choose, Enter takes. */
export function RecordChoice({ field, draft, id, isFocused, isWrong, isRequired, describedBy, onChange, record }: RecordChoiceProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string | null>(null)
  const words = (typed ?? '').trim()
  const settled = useSettled(words, 180)
  const known = useQuery({ ...namedQuery(record, draft.text), enabled: draft.text !== '' }).data?.label ?? ''
  const list = useQuery({ ...foundQuery(record, settled), placeholderData: keepPreviousData, enabled: typed !== null })
  const isStale = words !== settled || list.isPlaceholderData || list.isPending
  const [chosen, setChosen] = useFirstChoice(isStale ? undefined : list.data?.[0]?.id)
  const choose = (id: string) => {
    onChange({ ...draft, text: id })
    setTyped(null)
  }
  return (
    <Command label={field.label} value={chosen} onValueChange={setChosen} shouldFilter={false} loop className="relative">
      <Command.Input
        autoFocus={isFocused ?? false}
        id={id}
        aria-label={field.label}
        aria-invalid={isWrong || undefined}
        aria-describedby={describedBy}
        aria-required={isRequired || undefined}
        value={typed ?? known}
        maxLength={200}
        onValueChange={setTyped}
        onFocus={({ target }) => {
          target.select()
          setTyped('')
        }}
        onBlur={() => setTyped(null)}
        placeholder={known || t('fields.findRecord')}
        className={`${inputLook} h-8`}
      />
      {typed !== null && (
        <Command.List
          // The field keeps the focus: pressing a choice is no leaving.
          onMouseDown={(event) => event.preventDefault()}
          className="absolute inset-x-0 top-full z-30 mt-1 max-h-72 overflow-y-auto rounded-xl border border-line bg-raised p-1 shadow-float"
        >
          {(list.data ?? []).map(({ id, label, hint }) => (
            <Command.Item key={id} value={id} disabled={isStale} className={choiceLook} onSelect={() => choose(id)}>
              <span className="truncate">{label}</span>
              {hint && <span className="ml-auto truncate text-xs text-faint">{hint}</span>}
            </Command.Item>
          ))}
          {list.data?.length === 0 && <p className="px-2 py-1.5 text-xs text-faint">{t('fields.noRecord')}</p>}
          {draft.text !== '' && (
            <Command.Item value="+clear" className={choiceLook} onSelect={() => choose('')}>
              <Unlink aria-hidden />
              {t('fields.clear')}
            </Command.Item>
          )}
        </Command.List>
      )}
    </Command>
  )
}
