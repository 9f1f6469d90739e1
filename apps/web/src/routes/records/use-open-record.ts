import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../lib/shortcuts/use-shortcut.ts'
import { useIsWide } from '../../lib/use-is-wide.ts'

interface OpenRecordOptions {
  /** Of the address: what is to be open. */
  open: string | undefined
  show: (change: { open: string | undefined }) => void
  /** `replace`: in the place of the address that led here. */
  openPage: (id: string, how?: { replace: boolean }) => void
  /** What happens besides, once it is closed. */
  onClose?: () => void
}

/** The record that is open beside a list or a board, where there is room: it opens there first, then, asked again, as a page. Without room it is a page at once. */
export function useOpenRecord({ open, show, openPage, onClose }: OpenRecordOptions) {
  const { t } = useTranslation()
  const hasRoom = useIsWide()
  const openId = (hasRoom && open) || null
  const openRow = (id: string) => (hasRoom && id !== openId ? show({ open: id }) : openPage(id))
  const close = () => {
    onClose?.()
    show({ open: undefined })
  }
  useShortcut(openId === null ? null : { keys: 'escape', label: t('records.closePanel'), group: 'list', run: close })
  useWhole(hasRoom ? undefined : open, (id) => openPage(id, { replace: true }))
  return { hasRoom, openId, openRow, close }
}

/** A record that is to be open where there is no room beside the list: leads on to its page. */
function useWhole(openId: string | undefined, show: (id: string) => void): void {
  const showWhole = useEffectEvent(show)
  useEffect(() => {
    if (openId !== undefined) showWhole(openId)
  }, [openId])
}
