import type { Channel } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain, isStatus } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { TextArea, TextField } from '../../../ui/field.tsx'
import { showToast } from '../../../ui/toast-store.ts'

/** Name and signature. Remounted for a newer version of the channel, so what is shown is what is changed. */
export function ChannelForm({ channel }: { channel: Channel }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const canManage = useCan('messaging.channel.manage')
  const [name, setName] = useState(channel.name)
  const [signature, setSignature] = useState(channel.signature)
  const save = useCommand({
    run: (body: { name: string; signature: string }, idempotencyKey) =>
      api.messaging.updateChannel({ params: { channelId: channel.id }, body, ifMatch: channel.version, idempotencyKey }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['messaging', 'channels'] })
      showToast({ kind: 'done', text: t('common.saved') })
    },
    onError: (error) => {
      if (isStatus(error, 409, 412)) void cache.invalidateQueries({ queryKey: ['messaging', 'channels'] })
      showToast({ kind: 'problem', text: isStatus(error, 409, 412) ? t('channels.newer') : explain(error, t) })
    },
  })
  const isChanged = name.trim() !== channel.name || signature !== channel.signature
  return (
    <form
      className="flex flex-col gap-4 border-t border-line pt-4"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ name: name.trim(), signature })
      }}
    >
      <TextField label={t('channels.name')} value={name} required maxLength={100} disabled={!canManage} onChange={({ target }) => setName(target.value)} />
      <TextArea
        label={t('channels.signature')}
        hint={t('channels.signatureHint')}
        rows={3}
        value={signature}
        maxLength={2000}
        disabled={!canManage}
        onChange={({ target }) => setSignature(target.value)}
      />
      {canManage && (
        <Button type="submit" kind="primary" className="self-start" disabled={!isChanged} isBusy={save.isPending}>
          {t('common.save')}
        </Button>
      )}
    </form>
  )
}
