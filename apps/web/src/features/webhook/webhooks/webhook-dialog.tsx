import type { Webhook, WebhookSecret } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explainField } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { formText } from '../../../lib/form-text.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { EventChecks } from './event-checks.tsx'
import { webhooksQuery } from './queries.ts'

interface Input {
  url: string
  description: string
  eventTypes: string[]
}

interface WebhookDialogProps {
  isOpen: boolean
  onClose: () => void
  /** Gets the secret, which nobody sees again. */
  onCreated: (created: WebhookSecret) => void
}

export function CreateWebhookDialog({ isOpen, onClose, onCreated }: WebhookDialogProps) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const create = useCommand({
    run: (body: Input) => api.webhook.createWebhook({ body }),
    onSuccess: (created) => {
      void cache.invalidateQueries({ queryKey: webhooksQuery.queryKey })
      onCreated(created)
    },
  })
  const close = () => {
    create.reset()
    onClose()
  }
  return (
    <Dialog title={t('webhooks.create')} isOpen={isOpen} onClose={close}>
      <WebhookForm action={t('webhooks.make')} error={create.error} isBusy={create.isPending} onSubmit={create.mutate} onClose={close} />
    </Dialog>
  )
}

export function EditWebhookDialog({ webhook, isOpen, onClose }: { webhook: Webhook; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const save = useCommand({
    run: (body: Input, idempotencyKey) => api.webhook.updateWebhook({ params: { webhookId: webhook.id }, body, ifMatch: webhook.version, idempotencyKey }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: webhooksQuery.queryKey })
      showToast({ kind: 'done', text: t('common.saved') })
      onClose()
    },
    onError: () => void cache.invalidateQueries({ queryKey: webhooksQuery.queryKey }),
  })
  const close = () => {
    save.reset()
    onClose()
  }
  return (
    <Dialog title={t('webhooks.editTitle')} isOpen={isOpen} onClose={close}>
      <WebhookForm webhook={webhook} action={t('common.save')} error={save.error} isBusy={save.isPending} onSubmit={save.mutate} onClose={close} />
    </Dialog>
  )
}

interface WebhookFormProps {
  webhook?: Webhook
  action: string
  error: Error | null
  isBusy: boolean
  onSubmit: (input: Input) => void
  onClose: () => void
}

function WebhookForm({ webhook, action, error, isBusy, onSubmit, onClose }: WebhookFormProps) {
  const { t } = useTranslation()
  const formId = useId()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(webhook?.eventTypes ?? []))
  const [isEmpty, setIsEmpty] = useState(false)
  const urlError = explainField(error, 'url', t)
  const submit = (form: FormData) => {
    setIsEmpty(chosen.size === 0)
    if (chosen.size > 0) onSubmit({ url: formText(form, 'url').trim(), description: formText(form, 'description').trim(), eventTypes: [...chosen] })
  }
  return (
    <>
      <DialogBody>
        {error && !urlError && <ProblemNote error={error} />}
        <form
          id={formId}
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            submit(new FormData(event.currentTarget))
          }}
        >
          <TextField
            label={t('webhooks.url')}
            hint={t('webhooks.urlHint')}
            error={urlError}
            name="url"
            type="url"
            inputMode="url"
            required
            maxLength={2048}
            placeholder="https://example.com/hooks/crm"
            defaultValue={webhook?.url}
          />
          <TextField label={t('webhooks.description')} name="description" maxLength={200} defaultValue={webhook?.description} />
          <EventChecks chosen={chosen} error={isEmpty && chosen.size === 0 ? t('webhooks.eventsNeeded') : null} onChange={setChosen} />
        </form>
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" form={formId} isBusy={isBusy}>
          {action}
        </Button>
      </DialogActions>
    </>
  )
}
