import type { Field, FieldRecord } from '@ai-crm/contracts'
import { ArrowDown, ArrowUp, Pencil, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { usePipelines } from '../../../lib/pipelines/use-pipelines.ts'
import { stageLabel } from '../../../lib/pipelines/stages.ts'
import { Badge } from '../../../ui/badge.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { KindIcon } from './kind-icon.tsx'
import { useFieldCommands } from './use-field-commands.ts'

interface FieldListProps {
  record: FieldRecord
  fields: readonly Field[]
  /** Null: only to look at. */
  onOpen: ((field: Field) => void) | null
}

/** In the order of the records' pages; Alt with an arrow moves the field whose button has the focus. */
export function FieldList({ record, fields, onOpen }: FieldListProps) {
  const { t } = useTranslation()
  const { order, remove } = useFieldCommands(() => undefined)
  const move = (index: number, by: -1 | 1) => {
    const ids = fields.map(({ id }) => id)
    const [moved] = ids.splice(index, 1)
    if (moved === undefined || index + by < 0 || index + by > ids.length) return
    ids.splice(index + by, 0, moved)
    order.mutate({ record, fieldIds: ids })
  }
  return (
    <ul aria-label={t(`fields.records.${record}`)} className="flex flex-col divide-y divide-line rounded-xl border border-line">
      {fields.map((field, index) => (
        <li
          key={field.id}
          className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5"
          onKeyDown={(event) => {
            if (!onOpen || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
            event.preventDefault()
            move(index, event.key === 'ArrowUp' ? -1 : 1)
          }}
        >
          <span className="text-muted [&>svg]:size-4">
            <KindIcon kind={field.formula === null ? field.kind : 'formula'} />
          </span>
          <div className="min-w-40 flex-1">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span className="font-medium break-words">{field.label}</span>
              <Demands field={field} />
              {field.isComputing && <Badge>{t('fields.formula.computing')}</Badge>}
            </p>
            <p className="text-xs text-pretty text-muted">
              {field.formula !== null && `${t('fields.kinds.formula')} · `}
              {t(`fields.kinds.${field.kind}`)}
              {field.relatesTo && `: ${t(`fields.records.${field.relatesTo}`)}`}
              {field.help && ` · ${field.help}`}
            </p>
          </div>
          {onOpen && (
            <div className="flex items-center">
              <IconButton label={t('fields.up', { label: field.label })} disabled={index === 0 || order.isPending} onClick={() => move(index, -1)}>
                <ArrowUp />
              </IconButton>
              <IconButton
                label={t('fields.down', { label: field.label })}
                disabled={index === fields.length - 1 || order.isPending}
                onClick={() => move(index, 1)}
              >
                <ArrowDown />
              </IconButton>
              <IconButton label={t('fields.editNamed', { label: field.label })} onClick={() => onOpen(field)}>
                <Pencil />
              </IconButton>
              <IconButton label={t('fields.deleteNamed', { label: field.label })} disabled={remove.isPending} onClick={() => remove.mutate(field)}>
                <Trash2 />
              </IconButton>
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}

function Demands({ field: { isRequired, requiredStages } }: { field: Field }) {
  const { t } = useTranslation()
  const pipelines = usePipelines()
  return (
    <>
      {isRequired && <Badge>{t('fields.required')}</Badge>}
      {requiredStages.length > 0 && (
        <Badge>{t('fields.requiredIn', { stages: requiredStages.map((stage) => stageLabel(t, pipelines, stage)).join(', ') })}</Badge>
      )}
    </>
  )
}
