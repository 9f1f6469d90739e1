import clsx from 'clsx'
import { X } from 'lucide-react'
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { useUnsavedInput } from './use-unsaved-input.ts'

interface DialogProps {
  title: string
  isOpen: boolean
  onClose: () => void
  /** `panel` slides in from the right, for what is read beside the page on a phone. */
  shape?: 'card' | 'wide' | 'panel' | 'palette'
  isTitleHidden?: boolean
  children: ReactNode
}

const shapes = {
  card: 'm-auto w-[min(30rem,calc(100vw-2rem))] max-h-[85dvh] rounded-2xl',
  wide: 'm-auto w-[min(52rem,calc(100vw-1.5rem))] max-h-[90dvh] rounded-2xl',
  panel: 'my-0 mr-0 ml-auto h-dvh max-h-dvh w-[min(22rem,100vw)] rounded-l-2xl',
  palette: 'mx-auto mt-[12vh] mb-auto w-[min(38rem,calc(100vw-1.5rem))] max-h-[70dvh] rounded-2xl',
}

/**
 * The platform's own modal dialog: focus stays inside and returns, Esc closes, everything behind is inert. Before what was typed would be lost, it
 * asks once; a second Esc is the answer.
 */
export function Dialog({ title, isOpen, onClose, shape = 'card', isTitleHidden, children }: DialogProps) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const unsaved = useUnsavedInput()
  const [isAsking, setIsAsking] = useState(false)
  const leave = () => (unsaved.isThere() && !isAsking ? setIsAsking(true) : onClose())
  const goOn = () => {
    setIsAsking(false)
    unsaved.goOn()
  }
  useEffect(() => {
    const element = dialog.current
    if (!element) return
    setIsAsking(false)
    unsaved.forget()
    if (!isOpen) return element.close()
    element.showModal()
    // The browser would take the first thing that can have the focus, the close button; people come to type or to decide.
    const first = element.querySelector<HTMLElement>('[data-first-focus]') ?? element.querySelector<HTMLElement>('input, textarea, select')
    const target = first ?? element
    target.focus()
  }, [isOpen, unsaved])

  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      tabIndex={-1}
      onClose={onClose}
      onCancel={(event) => {
        if (event.target !== dialog.current || !unsaved.isThere() || isAsking) return
        event.preventDefault()
        setIsAsking(true)
      }}
      onFocusCapture={unsaved.onFocusCapture}
      onClick={({ target }) => target === dialog.current && leave()}
      className={clsx('animate-rise overflow-hidden border outline-none border-line bg-raised text-ink shadow-float', shapes[shape])}
    >
      {isOpen && (
        <div className="flex max-h-[inherit] flex-col">
          <header className={isTitleHidden ? 'sr-only' : 'flex items-center gap-3 py-2.5 pr-2.5 pl-5'}>
            <h2 id={titleId} className="flex-1 text-base font-semibold">
              {title}
            </h2>
            {!isTitleHidden && (
              <button
                type="button"
                aria-label={t('common.close')}
                onClick={leave}
                className="flex size-8 items-center justify-center rounded-lg text-muted hover:bg-hover hover:text-ink"
              >
                <X className="size-4" />
              </button>
            )}
          </header>
          {children}
          {isAsking && <BeforeLeaving onStay={goOn} onLeave={onClose} />}
        </div>
      )}
    </dialog>
  )
}

function BeforeLeaving({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const { t } = useTranslation()
  return (
    <div role="alert" className="flex flex-wrap items-center justify-end gap-2 border-t border-warn-line bg-warn-soft px-5 py-3 text-sm">
      <span className="mr-auto">{t('common.unsaved')}</span>
      <Button onClick={onLeave}>{t('common.leaveUnsaved')}</Button>
      <Button kind="primary" autoFocus onClick={onStay}>
        {t('common.stay')}
      </Button>
    </div>
  )
}

export const DialogBody = ({ children }: { children: ReactNode }) => <div className="flex flex-col gap-4 overflow-y-auto px-5 pt-1 pb-5">{children}</div>
export const DialogActions = ({ children }: { children: ReactNode }) => (
  <footer className="flex justify-end gap-2 border-t border-line bg-canvas px-5 py-3">{children}</footer>
)
