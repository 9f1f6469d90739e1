import type { Passkey } from '@ai-crm/contracts'
import { Check, KeyRound, Pencil } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { formText } from '../../../lib/form-text.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button, IconButton } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Time } from '../../../ui/time.tsx'
import { useFactorCommand } from './use-factor-command.ts'

export function PasskeyRow({ passkey, onRemove }: { passkey: Passkey; onRemove: () => void }) {
  const { t } = useTranslation()
  const [isRenaming, setIsRenaming] = useState(false)
  const rename = useFactorCommand({
    run: (name: string) => api.auth.renamePasskey({ params: { passkeyId: passkey.id }, body: { name } }),
    done: t('common.saved'),
    onSuccess: () => setIsRenaming(false),
  })
  if (isRenaming)
    return (
      <li>
        <form
          className="flex items-center gap-2 px-4 py-3"
          onSubmit={(event) => {
            event.preventDefault()
            rename.mutate(formText(new FormData(event.currentTarget), 'name'))
          }}
        >
          <div className="flex-1">
            <TextField label={t('factors.passkeys.name')} isLabelHidden name="name" required autoFocus maxLength={100} defaultValue={passkey.name} />
          </div>
          <Button type="submit" icon={<Check />} isBusy={rename.isPending}>
            {t('common.save')}
          </Button>
        </form>
      </li>
    )
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-3">
      <KeyRound aria-hidden className="size-4.5 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {passkey.name}
          {passkey.isSynced && <Badge>{t('factors.passkeys.synced')}</Badge>}
        </p>
        <p className="text-xs text-muted">
          {t('factors.since')} <Time at={passkey.createdAt} />
          {passkey.lastUsedAt && (
            <>
              {' · '}
              {t('factors.lastUsed')} <Time at={passkey.lastUsedAt} form="relative" />
            </>
          )}
        </p>
      </div>
      <IconButton label={`${t('factors.passkeys.rename')}: ${passkey.name}`} onClick={() => setIsRenaming(true)}>
        <Pencil />
      </IconButton>
      <Button kind="danger" aria-label={`${t('factors.remove')}: ${passkey.name}`} onClick={onRemove}>
        {t('factors.remove')}
      </Button>
    </li>
  )
}
