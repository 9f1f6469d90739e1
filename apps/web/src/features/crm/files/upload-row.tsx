import { RotateCw, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { formatBytes } from '../../../lib/format-bytes.ts'
import { IconButton } from '../../../ui/button.tsx'
import { dropUpload, retryUpload, type RunningUpload } from './upload-store.ts'

/** How far a file is, or why it did not arrive. */
export function UploadRow({ upload, onArrived }: { upload: RunningUpload; onArrived: () => void }) {
  const { t, i18n } = useTranslation()
  const { id, file, sentBytes, error } = upload
  return (
    <div className="-mx-2 flex min-h-9 items-center gap-2 px-2 py-1">
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <span className="flex items-center gap-2">
          <span className="min-w-0 flex-1 truncate">{file.name}</span>
          <span className="shrink-0 text-xs text-faint tabular-nums">
            {t('files.sent', { sent: formatBytes(sentBytes, i18n.language), size: formatBytes(file.size, i18n.language) })}
          </span>
        </span>
        {error ? (
          <span role="alert" className="text-xs text-danger">
            {explain(error, t)}
          </span>
        ) : (
          <progress
            aria-label={t('files.uploading', { name: file.name })}
            max={file.size}
            value={sentBytes}
            className="h-1 w-full appearance-none overflow-hidden rounded-full bg-pressed [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-pressed [&::-webkit-progress-value]:bg-accent"
          />
        )}
      </div>
      {error && (
        <IconButton label={t('files.retry', { name: file.name })} className="size-6!" onClick={() => retryUpload(upload, onArrived)}>
          <RotateCw />
        </IconButton>
      )}
      <IconButton label={t('files.stop', { name: file.name })} className="size-6!" onClick={() => dropUpload(id)}>
        <X />
      </IconButton>
    </div>
  )
}
