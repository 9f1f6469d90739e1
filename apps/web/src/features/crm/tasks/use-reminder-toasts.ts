import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { showToast } from '../../../ui/toast-store.ts'
import { remindersQuery } from './queries.ts'

/** What I am reminded of while the app is open, wherever I am in it. Mounted once, by the shell. */
export function useReminderToasts(): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { data } = useQuery({ ...remindersQuery, enabled: useCan('crm.task.read') })
  const told = useRef<ReadonlySet<string> | null>(null)
  useEffect(() => {
    if (!data) return
    const keys = data.items.map(({ id, remindedAt }) => `${id} ${remindedAt}`)
    // What was there at the beginning is no news.
    const known = told.current ?? new Set(keys)
    for (const [index, { id, title }] of data.items.entries()) {
      if (known.has(keys[index] ?? '')) continue
      const open = () => void navigate({ to: '/tasks', search: { open: id } })
      showToast({ kind: 'done', text: t('tasks.reminder', { title }), action: { label: t('tasks.openIt'), run: open } })
    }
    told.current = new Set([...known, ...keys])
  }, [data, navigate, t])
}
