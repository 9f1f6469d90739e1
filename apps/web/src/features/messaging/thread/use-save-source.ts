import type { Message } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain } from '../../../lib/api/explain.ts'
import { saveFile } from '../../../lib/api/save-file.ts'
import { showToast } from '../../../ui/toast-store.ts'

/** Saves the message exactly as it arrived. */
export function useSaveSource({ id }: Message): () => void {
  const { t } = useTranslation()
  return () => {
    api.messaging.getMessageSource({ params: { messageId: id } }).then(
      (source) => saveFile(source, `${id}.eml`),
      (error: Error) => showToast({ kind: 'problem', text: explain(error, t) }),
    )
  }
}
