import type { Task } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { useNewsToasts } from '../records/use-news-toasts.ts'
import { remindersQuery } from './queries.ts'

/** What I am reminded of while the app is open. Mounted once, by the shell. */
export function useReminderToasts(): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { data } = useQuery({ ...remindersQuery, enabled: useCan('crm.task.read') })
  useNewsToasts<Task>({
    items: data?.items,
    keyOf: ({ id, remindedAt }) => `${id} ${remindedAt}`,
    toastOf: ({ id, title }) => ({
      text: t('tasks.reminder', { title }),
      action: { label: t('tasks.openIt'), run: () => void navigate({ to: '/tasks', search: { open: id } }) },
    }),
  })
}
