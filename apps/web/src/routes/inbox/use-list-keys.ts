import type { Conversation } from '@ai-crm/contracts'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Folder } from '../../features/messaging/inbox/folders.ts'
import { useShortcut } from '../../lib/shortcuts/use-shortcut.ts'

/** J and K walk through the conversations, on from the one that was open last; Esc goes back to the list. */
export function useListKeys(conversations: readonly Conversation[], activeId: string | undefined, folder: Folder, q: string | undefined): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = q ? { q } : {}
  const last = useRef(activeId)
  useEffect(() => {
    if (activeId !== undefined) last.current = activeId
  }, [activeId])
  const open = (conversationId: string) => void navigate({ to: '/inbox/$folder/$conversationId', params: { folder, conversationId }, search })
  const step = (by: 1 | -1) => {
    const index = conversations.findIndex(({ id }) => id === (activeId ?? last.current))
    const next = index < 0 ? conversations[0] : conversations[index + by]
    if (next) open(next.id)
  }
  useShortcut({ keys: 'j', label: t('shortcuts.next'), group: 'list', run: () => step(1) })
  useShortcut({ keys: 'k', label: t('shortcuts.previous'), group: 'list', run: () => step(-1) })
  useShortcut(
    activeId
      ? { keys: 'esc', label: t('shortcuts.back'), group: 'list', run: () => void navigate({ to: '/inbox/$folder', params: { folder }, search }) }
      : null,
  )
}
