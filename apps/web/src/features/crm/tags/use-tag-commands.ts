import type { Tag } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { showToast } from '../../../ui/toast-store.ts'
import { tagsQuery } from './queries.ts'

/** Saves a tag as of the version that was on screen, or makes one where there is none yet; merges and deletes it. */
export function useTagCommands(tag: Tag | null, onClose: () => void) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const done = (text: string) => {
    void cache.invalidateQueries({ queryKey: tagsQuery.queryKey })
    showToast({ kind: 'done', text })
    onClose()
  }
  const params = { tagId: tag?.id ?? '' }
  const onError = () => void cache.invalidateQueries({ queryKey: tagsQuery.queryKey })
  const save = useCommand({
    run: (body: Pick<Tag, 'name' | 'color'>, idempotencyKey) =>
      tag ? api.crm.updateTag({ params, body, ifMatch: tag.version, idempotencyKey }) : api.crm.createTag({ body, idempotencyKey }),
    onSuccess: () => done(t('common.saved')),
    onError,
  })
  const merge = useCommand({
    run: (intoId: string, idempotencyKey) => api.crm.mergeTag({ params, body: { intoId }, idempotencyKey }),
    onSuccess: ({ name }) => done(t('tags.merged', { name })),
    onError,
  })
  const remove = useCommand({ run: () => api.crm.deleteTag({ params }), onSuccess: () => done(t('tags.deleted', { name: tag?.name ?? '' })) })
  return { save, merge, remove }
}
