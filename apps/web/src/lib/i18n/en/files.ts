export const files = {
  heading: 'Files',
  add: 'Drop files here, or choose them',
  none: 'No files yet.',
  download: 'Download {{name}}',
  delete: 'Delete {{name}}',
  deleting: '{{name}} will be deleted.',
  kept: 'The file stays.',
  uploading: 'Uploading {{name}}',
  sent: '{{sent}} of {{size}}',
  retry: 'Send {{name}} again',
  stop: 'Stop {{name}}',
  refused: 'Not added: {{names}}. A file has at least one byte, and {{size}} at most.',
}
