import type { Member } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { HeirChoice } from './heir-choice.tsx'

export function RemoveMemberDialog({ member: { userId, name }, isOpen, onClose }: { member: Member; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const [heir, setHeir] = useState<string | null>(null)
  const remove = useCommand({
    run: (handOverTo: string | null, idempotencyKey) => api.auth.removeMember({ params: { userId }, body: { handOverTo }, idempotencyKey }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['auth', 'members'] })
      showToast({ kind: 'done', text: t('team.removed', { name }) })
      onClose()
    },
  })
  return (
    <Dialog title={t('team.removeTitle', { name })} isOpen={isOpen} onClose={onClose}>
      <DialogBody>
        {remove.error && <ProblemNote error={remove.error} />}
        <p className="text-muted">{t('team.removeText')}</p>
        <HeirChoice leavingId={userId} value={heir} onChange={setHeir} />
      </DialogBody>
      <DialogActions>
        <Button data-first-focus onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button kind="danger" isBusy={remove.isPending} onClick={() => remove.mutate(heir)}>
          {t('team.removeAction')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
