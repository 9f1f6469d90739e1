import type { ListRecord } from '@ai-crm/contracts'
import { ImportLink } from '../../features/crm/imports/import-link.tsx'
import { ExportMenu } from '../../features/crm/list-export/export-menu.tsx'

interface ListFilesProps {
  record: ListRecord
  query: { readonly queryKey: readonly unknown[] }
  firstKey: string
  columns: readonly { readonly key: string }[]
}

/** The ways of a list into files and out of them. */
export const ListFiles = ({ record, query, firstKey, columns }: ListFilesProps) => (
  <>
    <ImportLink record={record} />
    <ExportMenu record={record} asked={Object(query.queryKey[2])} columns={[firstKey, ...columns.map(({ key }) => key)]} />
  </>
)
