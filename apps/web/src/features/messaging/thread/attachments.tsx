import type { Attachment } from '@ai-crm/contracts'
import { useMutation } from '@tanstack/react-query'
import { Download, Paperclip } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain } from '../../../lib/api/explain.ts'
import { saveFile } from '../../../lib/api/save-file.ts'
import { formatBytes } from '../../../lib/format-bytes.ts'
import { isShut, ScanBadge } from '../../../ui/scan-badge.tsx'
import { showToast } from '../../../ui/toast-store.ts'

export function Attachments({ messageId, attachments }: { messageId: string; attachments: readonly Attachment[] }) {
  const { t, i18n } = useTranslation()
  const download = useMutation({
    mutationFn: async ({ id, fileName }: Attachment) => saveFile(await api.messaging.getAttachment({ params: { messageId, attachmentId: id } }), fileName),
    onError: (error) => showToast({ kind: 'problem', text: explain(error, t) }),
  })
  if (attachments.length === 0) return null
  return (
    <ul aria-label={t('thread.attachments', { count: attachments.length })} className="flex flex-wrap gap-2">
      {attachments.map((attachment) => (
        <li key={attachment.id} className="max-w-full">
          <button
            type="button"
            aria-label={t('thread.download', { name: attachment.fileName })}
            disabled={isShut(attachment.scan)}
            onClick={() => download.mutate(attachment)}
            className="group flex min-h-8 max-w-full flex-wrap items-center gap-x-2 gap-y-1 rounded-lg border border-line bg-surface px-2.5 py-1.5 text-xs transition-colors hover:border-line-strong hover:bg-hover"
          >
            <Paperclip aria-hidden className="size-3.5 shrink-0 text-faint group-hover:hidden" />
            <Download aria-hidden className="hidden size-3.5 shrink-0 group-hover:block" />
            <span className="max-w-64 truncate">{attachment.fileName}</span>
            <ScanBadge scan={attachment.scan} />
            <span className="shrink-0 text-faint tabular-nums">{formatBytes(attachment.sizeBytes, i18n.language)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
