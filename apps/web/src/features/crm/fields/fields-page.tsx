import { FIELD_RECORDS, MAX_FIELDS, type Field, type FieldRecord } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { Plus, TextCursorInput } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldsQuery } from '../../../lib/session/fields-query.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { PageTitle } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import { DeletedFields } from './deleted-fields.tsx'
import { FieldDialog } from './field-dialog.tsx'
import { FieldList } from './field-list.tsx'

type Open = { field: Field | null } | null

/** What an organisation keeps of its records beside the built-in fields. */
export function FieldsPage() {
  const { t } = useTranslation()
  const mayManage = useCan('crm.field.manage')
  const { data, error, refetch } = useQuery(fieldsQuery)
  const [record, setRecord] = useState<FieldRecord>('contact')
  const [open, setOpen] = useState<Open>(null)
  const fields = data?.items.filter((field) => field.record === record)
  const addButton = mayManage && (
    <Button kind="primary" icon={<Plus />} disabled={(fields?.length ?? 0) >= MAX_FIELDS} onClick={() => setOpen({ field: null })}>
      {t('fields.add')}
    </Button>
  )
  return (
    <div className="flex flex-col gap-4">
      <PageTitle title={t('fields.title')} text={t('fields.text')} />
      {!mayManage && <p className="text-sm text-muted">{t('fields.readOnly')}</p>}
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label={t('fields.record')}
          value={record}
          options={FIELD_RECORDS.map((value) => ({ value, label: t(`fields.records.${value}`) }))}
          onChange={setRecord}
        />
        <span className="flex-1" />
        {fields && fields.length > 0 && addButton}
      </div>
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={3} label={t('common.loading')} />}
      {fields?.length === 0 && (
        <div className="rounded-xl border border-line">
          <EmptyState icon={<TextCursorInput />} title={t(`fields.none.${record}`)} text={t(`fields.noneText.${record}`)}>
            {addButton}
          </EmptyState>
        </div>
      )}
      {fields && fields.length > 0 && <FieldList record={record} fields={fields} onOpen={mayManage ? (field) => setOpen({ field }) : null} />}
      {mayManage && <DeletedFields record={record} />}
      {open && <FieldDialog key={open.field?.id ?? 'new'} record={record} field={open.field} onClose={() => setOpen(null)} />}
    </div>
  )
}
