import type { RecordFile } from '@ai-crm/contracts'
import { useMutation } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { createElement } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain } from '../../../lib/api/explain.ts'
import { saveFile } from '../../../lib/api/save-file.ts'
import { formatBytes } from '../../../lib/format-bytes.ts'
import { useCan, useMe } from '../../../lib/session/session-store.ts'
import { IconButton } from '../../../ui/button.tsx'
import { isShut, ScanBadge } from '../../../ui/scan-badge.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { Time } from '../../../ui/time.tsx'
import type { Colleague } from '../records/owner-field.tsx'
import { useDeleteLater } from '../records/use-delete-later.ts'
import { iconOf } from './file-icon.ts'

export function FileRow({ file, members }: { file: RecordFile; members: readonly Colleague[] }) {
  const { t, i18n } = useTranslation()
  const isMine = useMe().user.id === file.addedById
  const canAdd = useCan('crm.file.create')
  const canDeleteOthers = useCan('crm.file.delete')
  const deleteLater = useDeleteLater()
  const download = useMutation({
    mutationFn: async () => saveFile(await api.crm.getRecordFileContent({ params: { fileId: file.id } }), file.name),
    onError: (error) => showToast({ kind: 'problem', text: explain(error, t) }),
  })
  const remove = () =>
    deleteLater({
      run: () => api.crm.deleteRecordFile({ params: { fileId: file.id } }),
      list: ['crm', 'files'],
      deleting: t('files.deleting', { name: file.name }),
      kept: t('files.kept'),
    })
  const adder = members.find(({ userId }) => userId === file.addedById)?.name
  return (
    <div className="group flex min-h-9 items-center gap-2 rounded-lg pr-1 pl-2 hover:bg-hover focus-within:bg-hover">
      <button
        type="button"
        aria-label={t('files.download', { name: file.name })}
        aria-busy={download.isPending}
        disabled={isShut(file.scan)}
        onClick={() => download.mutate()}
        className="flex min-w-0 flex-1 items-center gap-2.5 py-1.5 text-left"
      >
        {createElement(iconOf(file.contentType), { 'aria-hidden': true, className: 'size-4 shrink-0 text-muted' })}
        <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className="min-w-24 flex-1 truncate">{file.name}</span>
          <ScanBadge scan={file.scan} />
        </span>
        {!isShut(file.scan) && <span className="shrink-0 text-xs text-faint tabular-nums">{formatBytes(file.sizeBytes, i18n.language)}</span>}
      </button>
      <span className="hidden max-w-32 shrink truncate text-xs text-faint @md:block">{adder}</span>
      <Time at={file.createdAt} className="shrink-0 text-xs text-faint" />
      {canAdd && (isMine || canDeleteOthers) && (
        <IconButton
          label={t('files.delete', { name: file.name })}
          className="size-6! pointer-fine:opacity-0 pointer-fine:group-focus-within:opacity-100 pointer-fine:group-hover:opacity-100"
          onClick={remove}
        >
          <Trash2 />
        </IconButton>
      )}
    </div>
  )
}
