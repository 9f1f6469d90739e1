import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../../lib/api/explain.ts'
import { showToast } from '../../../../ui/toast-store.ts'
import { CompanyCombobox } from '../../companies/company-combobox.tsx'
import { useCreateCompany } from '../../companies/use-create-company.ts'
import { valueIn } from '../field-value.ts'
import type { CellEditorProps } from './cell-editor-props.ts'
import type { Step } from './grid-keys.ts'
import { CellPopover } from './cell-popover.tsx'

/** A company of ours, found or made while typing; of a contact also its name alone. */
export function CompanyEditor({ field, label, row, cell, onSave, onLeave }: CellEditorProps) {
  const { t } = useTranslation()
  const isOver = useRef(false)
  const end = (run: () => void) => {
    if (isOver.current) return
    isOver.current = true
    run()
  }
  const create = useCreateCompany(({ id, name }) => onSave({ companyId: id, company: name }, 'down'))
  const text = valueIn(row, 'companyName') ?? valueIn(row, 'company')
  const hasOne = text !== null || valueIn(row, 'companyId') !== null
  const failed = (error: Error) => {
    showToast({ kind: 'problem', text: explain(error, t) })
    onLeave('stay')
  }
  const leave = (step: Step) => end(() => onLeave(step))
  return (
    <CellPopover label={label} anchor={cell} onSave={leave} onCancel={() => leave('stay')}>
      <CompanyCombobox
        label={label}
        text={typeof text === 'string' ? text : ''}
        onChoose={({ id, name }) => end(() => (id === valueIn(row, 'companyId') ? onLeave('down') : void onSave({ companyId: id, company: name }, 'down')))}
        onCreate={(name) => end(() => create.mutate({ name }, { onError: failed }))}
        {...(field.key === 'company' ? { onText: (name: string) => end(() => void onSave({ companyId: null, company: name }, 'down')) } : {})}
        {...(hasOne ? { onClear: () => end(() => void onSave({ companyId: null, company: null }, 'down')) } : {})}
        onClose={() => leave('none')}
      />
    </CellPopover>
  )
}
