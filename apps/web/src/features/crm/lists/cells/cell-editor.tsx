import { useCan } from '../../../../lib/session/session-store.ts'
import { AreaEditor } from './area-editor.tsx'
import type { CellEditorProps } from './cell-editor-props.ts'
import { isLong } from './cell-value.ts'
import { CompanyEditor } from './company-editor.tsx'
import { LineEditor } from './line-editor.tsx'
import { MoneyEditor } from './money-editor.tsx'
import { OptionEditor } from './option-editor.tsx'
import { TagEditor } from './tag-editor.tsx'

const CHOSEN: ReadonlySet<string> = new Set(['select', 'multiSelect', 'person', 'checkbox'])

/** What a cell turns into while it is changed, by the kind of its field. */
export function CellEditor(props: CellEditorProps) {
  const { field } = props
  const canSeeCompanies = useCan('crm.company.read')
  if (field.key === 'tagIds') return <TagEditor {...props} />
  if (CHOSEN.has(field.kind)) return <OptionEditor {...props} />
  if (field.kind === 'money') return <MoneyEditor {...props} />
  if (canSeeCompanies && (field.key === 'companyId' || field.key === 'company')) return <CompanyEditor {...props} />
  return isLong(field) ? <AreaEditor {...props} /> : <LineEditor {...props} />
}
