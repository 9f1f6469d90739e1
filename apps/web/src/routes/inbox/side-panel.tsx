import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/dialog.tsx'

/** Beside the conversation where there is room, over it where there is none. */
export function SidePanel({ isWide, isOpen, onClose, children }: { isWide: boolean; isOpen: boolean; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation()
  if (isWide) {
    return isOpen ? (
      <aside aria-label={t('thread.contact')} className="w-72 shrink-0 overflow-y-auto border-l border-line 2xl:w-80">
        {children}
      </aside>
    ) : null
  }
  return (
    <Dialog title={t('thread.contact')} shape="panel" isOpen={isOpen} onClose={onClose}>
      <div className="overflow-y-auto">{children}</div>
    </Dialog>
  )
}
