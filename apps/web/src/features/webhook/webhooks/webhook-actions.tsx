import type { Webhook, WebhookSecret } from '@ai-crm/contracts'
import { useNavigate } from '@tanstack/react-router'
import { Ellipsis, KeyRound, Pencil, Power, Send, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { Menu, MenuItem, MenuLine } from '../../../ui/menu.tsx'
import { SecretDialog } from './secret-dialog.tsx'
import { useWebhookCommands } from './use-webhook-commands.ts'
import { EditWebhookDialog } from './webhook-dialog.tsx'

/** What lies over the page: nothing, a question, the form, or a secret that was just made. */
type Open = 'editing' | 'rotating' | 'deleting' | WebhookSecret | null

export function WebhookActions({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const { ping, switchTo, rotate, remove } = useWebhookCommands(webhook, {
    onSecret: setOpen,
    onDeleted: () => void navigate({ to: '/settings/webhooks' }),
  })
  const { isEnabled } = webhook
  const switchText = t(isEnabled ? 'webhooks.switchOff' : 'webhooks.switchOn')
  return (
    <div className="flex flex-wrap items-center gap-2">
      {isEnabled ? (
        <Button kind="primary" icon={<Send />} isBusy={ping.isPending} onClick={() => ping.mutate(undefined)}>
          {t('webhooks.ping')}
        </Button>
      ) : (
        <Button kind="primary" icon={<Power />} isBusy={switchTo.isPending} onClick={() => switchTo.mutate(true)}>
          {switchText}
        </Button>
      )}
      <Button icon={<Pencil />} onClick={() => setOpen('editing')}>
        {t('webhooks.edit')}
      </Button>
      <Menu
        label={t('common.more')}
        trigger={
          <IconButton label={t('common.more')}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={<KeyRound />} onSelect={() => setOpen('rotating')}>
          {t('webhooks.rotate')}
        </MenuItem>
        {isEnabled && (
          <MenuItem icon={<Power />} onSelect={() => switchTo.mutate(false)}>
            {switchText}
          </MenuItem>
        )}
        <MenuLine />
        <MenuItem isDanger icon={<Trash2 />} onSelect={() => setOpen('deleting')}>
          {t('webhooks.delete')}
        </MenuItem>
      </Menu>
      <EditWebhookDialog key={webhook.version} webhook={webhook} isOpen={open === 'editing'} onClose={close} />
      <RotateDialog isOpen={open === 'rotating'} isBusy={rotate.isPending} onConfirm={() => rotate.mutate(undefined)} onClose={close} />
      <Confirm
        isOpen={open === 'deleting'}
        title={t('webhooks.deleteTitle')}
        text={t('webhooks.deleteText', { url: webhook.url })}
        action={t('webhooks.deleteDo')}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate(undefined)}
        onClose={close}
      />
      <SecretDialog made={open !== null && typeof open === 'object' ? open : null} onClose={close} />
    </div>
  )
}

interface RotateDialogProps {
  isOpen: boolean
  isBusy: boolean
  onConfirm: () => void
  onClose: () => void
}

function RotateDialog({ isOpen, isBusy, onConfirm, onClose }: RotateDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog title={t('webhooks.rotateTitle')} isOpen={isOpen} onClose={onClose}>
      <DialogBody>
        <p className="text-muted">{t('webhooks.rotateText')}</p>
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="primary" data-first-focus isBusy={isBusy} onClick={onConfirm}>
          {t('webhooks.rotateDo')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
