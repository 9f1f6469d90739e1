import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { endSession, useCan, useMe } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { Choice } from '../../../ui/field.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { HeirChoice } from '../members/heir-choice.tsx'
import { membersQuery } from '../members/queries.ts'

/** What changes who owns the organisation, and who is in it at all. */
export function DepartureSection({ organizationName }: { organizationName: string }) {
  const { t } = useTranslation()
  const canTransfer = useCan('auth.organization.transfer')
  const [open, setOpen] = useState<'transfer' | 'leave' | null>(null)
  const close = () => setOpen(null)
  return (
    <Section title={t('organizations.danger')}>
      <div className="flex flex-wrap gap-2">
        {canTransfer && (
          <Button kind="danger" onClick={() => setOpen('transfer')}>
            {t('organizations.transfer')}
          </Button>
        )}
        <Button kind="danger" onClick={() => setOpen('leave')}>
          {t('organizations.leave')}
        </Button>
      </div>
      <Dialog title={t('organizations.transferAction')} isOpen={open === 'transfer'} onClose={close}>
        <TransferForm onDone={close} />
      </Dialog>
      <Dialog title={t('organizations.leaveAction')} isOpen={open === 'leave'} onClose={close}>
        <LeaveForm organizationName={organizationName} onDone={close} />
      </Dialog>
    </Section>
  )
}

function TransferForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const { data } = useQuery(membersQuery)
  const others = data?.items.filter(({ userId, disabledAt }) => userId !== me.user.id && disabledAt === null) ?? []
  const [chosen, setChosen] = useState<string | null>(null)
  const heir = others.find(({ userId }) => userId === chosen) ?? others[0]
  const transfer = useCommand({
    run: (toUserId: string, idempotencyKey) => api.auth.transferOwnership({ body: { toUserId }, idempotencyKey }),
    onSuccess: ({ name }) => {
      showToast({ kind: 'done', text: t('organizations.transferred', { name }) })
      onDone()
    },
  })
  return (
    <>
      <DialogBody>
        {transfer.error && <ProblemNote error={transfer.error} />}
        <Choice
          label={t('team.handOver')}
          value={heir?.userId ?? ''}
          options={others.map(({ userId, name }) => ({ value: userId, label: name }))}
          onChange={setChosen}
        />
        {heir && <p className="text-muted">{t('organizations.transferText', { name: heir.name })}</p>}
      </DialogBody>
      <DialogActions>
        <Button onClick={onDone}>{t('common.cancel')}</Button>
        <Button kind="danger" disabled={!heir} isBusy={transfer.isPending} onClick={() => heir && transfer.mutate(heir.userId)}>
          {t('organizations.transferAction')}
        </Button>
      </DialogActions>
    </>
  )
}

function LeaveForm({ organizationName, onDone }: { organizationName: string; onDone: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const [heir, setHeir] = useState<string | null>(null)
  const leave = useCommand({
    run: (handOverTo: string | null, idempotencyKey) => api.auth.leaveOrganization({ body: { handOverTo }, idempotencyKey }),
    onSuccess: () => endSession('by-person'),
    onError: (error) => showToast({ kind: 'problem', text: explain(error, t) }),
  })
  return (
    <>
      <DialogBody>
        <p className="text-muted">{t('organizations.leaveText', { name: organizationName })}</p>
        <HeirChoice leavingId={me.user.id} value={heir} onChange={setHeir} />
      </DialogBody>
      <DialogActions>
        <Button data-first-focus onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button kind="danger" isBusy={leave.isPending} onClick={() => leave.mutate(heir)}>
          {t('organizations.leaveAction')}
        </Button>
      </DialogActions>
    </>
  )
}
