import type { OrganizationExport } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { saveFrom } from '../../../lib/api/save-file.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { showToast } from '../../../ui/toast-store.ts'
import { exportsQuery } from './queries.ts'

/** What an owner can do about exports; each answer is shown at once. */
export function useExportCommands() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const show = (changed: OrganizationExport) =>
    queries.setQueryData(exportsQuery.queryKey, (known) => ({
      items: [changed, ...(known?.items ?? []).filter(({ id }) => id !== changed.id)].toSorted((one, other) =>
        other.requestedAt.localeCompare(one.requestedAt),
      ),
    }))
  const begin = useCommand({
    run: (_nothing: void, idempotencyKey) => api.auth.requestExport({ idempotencyKey }),
    onSuccess: (begun) => {
      show(begun)
      showToast({ kind: 'done', text: t('exports.hasBegun') })
    },
  })
  const drop = useCommand({
    run: (exportId: string) => api.auth.dropExport({ params: { exportId } }),
    onSuccess: (dropped) => {
      show(dropped)
      showToast({ kind: 'done', text: t(dropped.state === 'cancelled' ? 'exports.isCancelled' : 'exports.isDeleted') })
    },
  })
  const download = useCommand({
    run: (exportId: string) => api.auth.createExportDownload({ params: { exportId } }),
    onSuccess: ({ path }) => {
      saveFrom(path)
      showToast({ kind: 'done', text: t('exports.isDownloading') })
    },
  })
  return { begin, drop, download }
}
