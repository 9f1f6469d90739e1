import type { CreateField, Field, FieldRecord, UpdateField } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { showToast } from '../../../ui/toast-store.ts'

type NewField = Partial<CreateField> & Pick<CreateField, 'record' | 'kind' | 'label'>

/** What is done with definitions; lists follow at once. */
export function useFieldCommands(onDone: () => void) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const refresh = () => cache.invalidateQueries({ queryKey: ['crm', 'fields'] })
  const onError = (error: Error) => showToast({ kind: 'problem', text: explain(error, t) })
  const create = useCommand({
    run: (body: NewField, idempotencyKey) => api.crm.createField({ body, idempotencyKey }),
    onSuccess: () => void refresh().then(onDone),
  })
  const change = useCommand({
    run: ({ id, version, body }: { id: string; version: number; body: UpdateField }, idempotencyKey) =>
      api.crm.updateField({ params: { fieldId: id }, body, ifMatch: version, idempotencyKey }),
    onSuccess: () => void refresh().then(onDone),
    onError: () => void refresh(),
  })
  const restore = useCommand({
    run: ({ id }: Pick<Field, 'id'>, idempotencyKey) => api.crm.restoreField({ params: { fieldId: id }, idempotencyKey }),
    onSuccess: ({ label }) => {
      showToast({ kind: 'done', text: t('fields.restored', { label }) })
      void refresh()
    },
    onError,
  })
  const remove = useCommand({
    run: ({ id }: Pick<Field, 'id' | 'label'>) => api.crm.deleteField({ params: { fieldId: id } }),
    onSuccess: (_nothing, field) => {
      showToast({ kind: 'done', text: t('fields.deleted', { label: field.label }), action: { label: t('common.undo'), run: () => restore.mutate(field) } })
      void refresh()
    },
    onError,
  })
  const order = useCommand({
    run: (body: { record: FieldRecord; fieldIds: string[] }) => api.crm.orderFields({ body }),
    onSuccess: () => void refresh(),
    onError,
  })
  return { create, change, restore, remove, order }
}
