import { MAX_FILE_BYTES } from '@ai-crm/contracts'
import clsx from 'clsx'
import { Upload } from 'lucide-react'
import { useRef, useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '../../../lib/format-bytes.ts'

/** Where files are dropped or chosen; what cannot be kept is named at once, and the others go on. */
export function AddFiles({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const { t, i18n } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const [refused, setRefused] = useState<readonly string[]>([])
  const add = (files: readonly File[]) => {
    const fits = ({ size }: File) => size > 0 && size <= MAX_FILE_BYTES
    setRefused(files.filter((file) => !fits(file)).map(({ name }) => name))
    const fitting = files.filter(fits)
    if (fitting.length > 0) onFiles(fitting)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setIsOver(false)
    add([...event.dataTransfer.files])
  }
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <button
        type="button"
        onClick={() => input.current?.click()}
        className={clsx(
          'flex min-h-9 w-full items-center justify-center gap-2 rounded-xl border border-dashed px-3 text-sm transition-colors',
          isOver ? 'border-accent bg-accent-soft text-accent-text' : 'border-line-strong text-muted hover:bg-hover hover:text-ink',
        )}
      >
        <Upload aria-hidden className="size-4" />
        {t('files.add')}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('files.add')}
        onChange={({ target }) => {
          add([...(target.files ?? [])])
          // The same file can be chosen again.
          target.value = ''
        }}
      />
      {refused.length > 0 && (
        <p role="alert" className="mt-1.5 text-xs text-danger">
          {t('files.refused', { names: refused.join(', '), size: formatBytes(MAX_FILE_BYTES, i18n.language) })}
        </p>
      )}
    </div>
  )
}
