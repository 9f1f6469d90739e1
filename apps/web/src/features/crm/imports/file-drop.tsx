import type { Import } from '@ai-crm/contracts'
import { useMutation } from '@tanstack/react-query'
import clsx from 'clsx'
import { FileUp } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { ProgressBar } from './progress-bar.tsx'
import { sendFile } from './send-file.ts'

/** Takes a file, by hand or by keyboard, and sends it. */
export function FileDrop({ onSent }: { onSent: (sent: Import) => void }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const [part, setPart] = useState(0)
  const [isEmpty, setIsEmpty] = useState(false)
  const send = useMutation({ mutationFn: (file: File) => sendFile(file, setPart), onSuccess: onSent })
  const take = (file: File | null | undefined) => {
    if (!file || send.isPending) return
    setPart(0)
    setIsEmpty(file.size === 0)
    if (file.size === 0) send.reset()
    else send.mutate(file)
  }
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setIsOver(false)
        take(event.dataTransfer.files[0])
      }}
      className={clsx(
        'flex flex-col items-center gap-3 rounded-xl border border-dashed px-4 py-10 text-center',
        isOver ? 'border-accent bg-hover' : 'border-line-strong',
      )}
    >
      <FileUp aria-hidden className="size-6 text-muted" />
      <p className="font-medium">{t('imports.drop')}</p>
      <p className="text-sm text-muted text-pretty">{t('imports.limits')}</p>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,.xlsx"
        aria-label={t('imports.choose')}
        tabIndex={-1}
        className="sr-only"
        onChange={({ target }) => {
          take(target.files?.[0])
          target.value = ''
        }}
      />
      <Button kind="primary" isBusy={send.isPending} onClick={() => input.current?.click()}>
        {t('imports.choose')}
      </Button>
      {send.isPending && <ProgressBar label={t('imports.sending')} done={part} total={1} />}
      {send.error && <ProblemNote error={send.error} />}
      {isEmpty && (
        <p role="alert" className="text-sm text-danger">
          {t('imports.problems.empty')}
        </p>
      )}
    </div>
  )
}
