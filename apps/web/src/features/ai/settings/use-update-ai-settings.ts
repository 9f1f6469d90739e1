import type { AiSettings, Tone } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain, isStatus } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { showToast } from '../../../ui/toast-store.ts'

interface AiSettingsChange {
  isAutoDraftOn?: boolean
  tone?: Tone
  instructions?: string
}

export function useUpdateAiSettings({ version }: AiSettings) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  return useCommand({
    run: (body: AiSettingsChange, idempotencyKey) => api.ai.updateAiSettings({ body, ifMatch: version, idempotencyKey }),
    onSuccess: (settings) => {
      cache.setQueryData(['ai', 'settings'], settings)
      showToast({ kind: 'done', text: t('common.saved') })
    },
    onError: (error) => {
      void cache.invalidateQueries({ queryKey: ['ai', 'settings'] })
      showToast({ kind: 'problem', text: isStatus(error, 409, 412) ? t('problems.status.s412') : explain(error, t) })
    },
  })
}
