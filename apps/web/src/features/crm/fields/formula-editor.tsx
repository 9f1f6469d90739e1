import { FORMULA_FUNCTIONS, MAX_FORMULA, type FormulaPreview } from '@ai-crm/contracts'
import type { TFunction } from 'i18next'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { Choice, TextArea } from '../../../ui/field.tsx'
import { withKeys, withLabels, type NamedField } from './formula-text.ts'
import { wrongPlace } from './use-formula-preview.ts'
import { ValueText } from './value-text.tsx'

const GIVEN = ['condition', 'otherwise', 'number', 'digits', 'value', 'later', 'earlier', 'date', 'months', 'text'] as const

/** A function as formulas call it, what it is given in the reader's language. */
const callIn = (t: TFunction, call: string): string =>
  call.replaceAll(/[a-z]{2,}/g, (word) => {
    const known = GIVEN.find((one) => one === word)
    return known ? t(`fields.formula.given.${known}`) : word
  })

interface FormulaEditorProps {
  /** As people read it. */
  text: string
  onChange: (text: string) => void
  fields: readonly NamedField[]
  /** It names what the reader's role hides: they are not shown what it comes to. */
  isBlind: boolean
  preview: FormulaPreview | undefined
  error: Error | null
}

/** A formula with the fields that it can name, what is wrong with it, and what it comes to in the newest records. */
export function FormulaEditor({ text, onChange, fields, isBlind, preview, error }: FormulaEditorProps) {
  const { t } = useTranslation()
  const area = useRef<HTMLDivElement>(null)
  const insert = (label: string) => {
    const input = area.current?.querySelector('textarea')
    const [from, to] = [input?.selectionStart ?? text.length, input?.selectionEnd ?? text.length]
    onChange(`${text.slice(0, from)}{${label}}${text.slice(to)}`)
    input?.focus()
  }
  return (
    <div ref={area} className="flex flex-col gap-2">
      <TextArea
        label={t('fields.formula.label')}
        hint={t('fields.formula.hint')}
        error={error ? explain(error, t) : undefined}
        required
        rows={3}
        maxLength={MAX_FORMULA}
        spellCheck={false}
        value={text}
        onChange={({ target }) => onChange(target.value)}
        className="font-mono text-xs!"
      />
      {error && <WrongPlace formula={withKeys(text.trim(), fields)} error={error} fields={fields} />}
      {isBlind && <p className="text-xs text-pretty text-muted">{t('fields.formula.blind')}</p>}
      {preview && <Preview preview={preview} />}
      <Choice
        isLabelHidden
        label={t('fields.formula.insert')}
        value=""
        options={[{ value: '', label: t('fields.formula.insert') }, ...fields.map(({ label }) => ({ value: label, label }))]}
        onChange={(label) => label && insert(label)}
        className="h-8!"
      />
      <details className="text-xs text-muted">
        <summary className="w-fit cursor-default rounded-md px-1 py-0.5 hover:bg-hover">{t('fields.formula.functions')}</summary>
        <p className="px-1 pt-1.5 text-pretty">{t('fields.formula.operators')}</p>
        <ul className="grid gap-x-3 px-1 pt-1.5 font-mono text-2xs sm:grid-cols-2">
          {FORMULA_FUNCTIONS.map((call) => (
            <li key={call}>{callIn(t, call)}</li>
          ))}
        </ul>
      </details>
    </div>
  )
}

/** The formula once more, with what is wrong marked. */
function WrongPlace({ formula, error, fields }: { formula: string; error: Error; fields: readonly NamedField[] }) {
  const { t } = useTranslation()
  const place = wrongPlace(error)
  if (!place) return null
  const end = place.at + place.length
  return (
    <p aria-label={t('fields.formula.place')} className="rounded-lg bg-danger-soft px-2.5 py-1.5 font-mono text-xs break-words whitespace-pre-wrap">
      {withLabels(formula.slice(0, place.at), fields)}
      <mark className="rounded-sm bg-transparent font-semibold text-danger underline decoration-wavy underline-offset-4">
        {withLabels(formula.slice(place.at, end), fields) || '▏'}
      </mark>
      {withLabels(formula.slice(end), fields)}
    </p>
  )
}

function Preview({ preview: { kind, items } }: { preview: FormulaPreview }) {
  const { t } = useTranslation()
  return (
    <div role="status" className="flex flex-col gap-1 rounded-lg border border-line p-2.5 text-xs">
      <p className="text-muted">{t('fields.formula.gives', { kind: t(`fields.kinds.${kind}`) })}</p>
      {items.length === 0 && <p className="text-faint">{t('fields.formula.noRecords')}</p>}
      {items.length > 0 && (
        <dl className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-x-3 gap-y-1">
          {items.map(({ id, name, value }) => (
            <div key={id} className="contents">
              <dt className="truncate">{name}</dt>
              <dd className="truncate text-right">
                {value === null ? (
                  <span className="text-faint">{t('fields.formula.empty')}</span>
                ) : (
                  <ValueText field={{ kind, options: [], relatesTo: null }} value={value} />
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}
