import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { eventGroups } from './event-groups.ts'

interface EventChecksProps {
  chosen: ReadonlySet<string>
  error: string | null
  onChange: (chosen: ReadonlySet<string>) => void
}

/** The public events, each with what it tells and what it carries. */
export function EventChecks({ chosen, error, onChange }: EventChecksProps) {
  const { t } = useTranslation()
  const groups = eventGroups()
  const all = groups.flatMap(({ events }) => events.map(({ type }) => type))
  const toggle = (type: string) => {
    const next = new Set(chosen)
    if (!next.delete(type)) next.add(type)
    onChange(next)
  }
  return (
    <fieldset className="flex flex-col gap-1.5" aria-describedby={error ? 'webhook-events-error' : undefined}>
      <legend className="sr-only">{t('webhooks.events')}</legend>
      <div className="flex items-center gap-1">
        <span aria-hidden className="flex-1 text-xs font-medium text-muted">
          {t('webhooks.events')}
        </span>
        <Button kind="quiet" className="h-6! px-2! text-xs!" onClick={() => onChange(new Set(all))}>
          {t('webhooks.chooseAll')}
        </Button>
        <Button kind="quiet" className="h-6! px-2! text-xs!" onClick={() => onChange(new Set())}>
          {t('webhooks.chooseNone')}
        </Button>
      </div>
      <div className="flex max-h-72 flex-col gap-4 overflow-y-auto rounded-lg border border-line-strong p-3">
        {groups.map(({ service, label, events }) => (
          <div key={service} role="group" aria-label={label} className="flex flex-col gap-2">
            <p className="text-xs font-semibold text-muted">{label}</p>
            {events.map(({ type, label: name, fields }) => (
              <label key={type} className="flex items-start gap-2.5">
                <input type="checkbox" className="mt-0.5 size-4 shrink-0 accent-accent" checked={chosen.has(type)} onChange={() => toggle(type)} />
                <span className="min-w-0">
                  {name} <code className="font-mono text-xs text-faint">{type}</code>
                  <span className="block text-xs text-faint">{t('webhooks.carries', { fields: fields.join(', ') })}</span>
                </span>
              </label>
            ))}
          </div>
        ))}
      </div>
      {error && (
        <p id="webhook-events-error" role="alert" className="text-xs text-danger">
          {error}
        </p>
      )}
    </fieldset>
  )
}
