import clsx from 'clsx'
import { Check, TriangleAlert, X } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../lib/shortcuts/use-shortcut.ts'
import { actOnToast, dismissToast, holdToasts, useToasts, type Toast } from './toast-store.ts'

function ToastCard({ toast }: { toast: Toast }) {
  const { t } = useTranslation()
  const close = () => dismissToast(toast.id)
  const Icon = toast.kind === 'done' ? Check : TriangleAlert
  return (
    <li className="pointer-events-auto flex max-w-md animate-rise items-start gap-2.5 rounded-xl border border-line bg-raised py-2 pr-2 pl-3 text-sm shadow-float">
      <Icon aria-hidden className={clsx('mt-1 size-4 shrink-0', toast.kind === 'done' ? 'text-ok' : 'text-danger')} />
      <span className="min-w-0 flex-1 py-0.5 break-words">{toast.text}</span>
      {toast.action && (
        <button type="button" className="rounded-md px-2 py-0.5 font-medium text-accent-text hover:bg-hover" onClick={() => actOnToast(toast.id)}>
          {toast.action.label}
        </button>
      )}
      <button type="button" aria-label={t('common.close')} className="rounded-md p-1 text-faint hover:bg-hover hover:text-ink" onClick={close}>
        <X className="size-3.5" />
      </button>
    </li>
  )
}

export function Toasts() {
  const { t } = useTranslation()
  const toasts = useToasts()
  const undoable = toasts.findLast(({ action }) => action?.label === t('common.undo'))
  useShortcut(undoable ? { keys: 'mod+z', label: t('shortcuts.undo'), group: 'general', run: () => actOnToast(undoable.id) } : null)
  const isEmpty = toasts.length === 0
  // The one that was under the pointer, or had the focus, tells of no leaving when it goes.
  useEffect(() => (isEmpty ? holdToasts(false) : undefined), [isEmpty])
  return (
    <div role="status" className="pointer-events-none fixed inset-x-4 bottom-16 z-50 md:right-auto md:bottom-4 md:left-60">
      <ol
        onPointerEnter={() => holdToasts(true)}
        onPointerLeave={() => holdToasts(false)}
        onFocus={() => holdToasts(true)}
        onBlur={() => holdToasts(false)}
        className="flex flex-col items-center gap-2 md:items-start"
      >
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </ol>
    </div>
  )
}
