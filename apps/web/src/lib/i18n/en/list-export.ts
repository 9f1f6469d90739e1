export const listExport = {
  label: 'Export the list',
  busy: 'The export is being made',
  columns: 'What goes along',
  which: { all: 'All fields', shown: 'Columns that are shown' },
  formats: { csv: 'CSV', xlsx: 'Excel (XLSX)', json: 'JSON', ndjson: 'JSON, one record a line' },
  fileName: '{{list}}.{{format}}',
  lists: { contact: 'contacts', company: 'companies', deal: 'deals' },
  done: 'The list was exported.',
}
