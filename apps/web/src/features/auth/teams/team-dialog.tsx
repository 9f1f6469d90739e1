import type { Member, Team } from '@ai-crm/contracts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldProblem, isStatus } from '../../../lib/api/explain.ts'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { Choice, TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { useTeamCommands } from './use-team-commands.ts'

interface TeamDialogProps {
  /** Null makes a new one. */
  team: Team | null
  members: readonly Member[]
  onClose: () => void
}

/** Name, members and lead of a team. Mounted anew for each. */
export function TeamDialog({ team, members, onClose }: TeamDialogProps) {
  const { t } = useTranslation()
  const formId = useId()
  const [name, setName] = useState(team?.name ?? '')
  const [memberIds, setMemberIds] = useState<ReadonlySet<string>>(() => new Set(team?.memberIds))
  const [leadId, setLeadId] = useState(team?.leadId ?? '')
  const [isRemoving, setRemoving] = useState(false)
  const { save, remove } = useTeamCommands(team, onClose)
  const inTeam = members.filter(({ userId }) => memberIds.has(userId))
  const error = save.error ?? remove.error
  const toggle = (userId: string) => {
    const next = new Set(memberIds)
    if (!next.delete(userId)) next.add(userId)
    setMemberIds(next)
    if (leadId === userId && !next.has(userId)) setLeadId('')
  }
  return (
    <Dialog title={team ? t('teams.edit') : t('teams.create')} isOpen onClose={onClose}>
      <DialogBody>
        {error && (isStatus(error, 412) ? <p role="alert">{t('teams.newer')}</p> : <ProblemNote error={error} />)}
        <form
          id={formId}
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            save.mutate({ name: name.trim(), memberIds: [...memberIds], leadId: leadId || null })
          }}
        >
          <TextField
            label={t('teams.name')}
            required
            maxLength={60}
            value={name}
            error={fieldProblem(save.error, 'name')}
            onChange={({ target }) => setName(target.value)}
          />
          <MemberChecks members={members} chosen={memberIds} onToggle={toggle} />
          <Choice
            label={t('teams.lead')}
            hint={t('teams.leadHint')}
            value={leadId}
            options={[{ value: '', label: t('teams.noLead') }, ...inTeam.map(({ userId, name: label }) => ({ value: userId, label }))]}
            onChange={setLeadId}
          />
        </form>
      </DialogBody>
      <DialogActions>
        {team && (
          <Button kind="danger" className="mr-auto" onClick={() => setRemoving(true)}>
            {t('teams.remove')}
          </Button>
        )}
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" form={formId} isBusy={save.isPending}>
          {t('common.save')}
        </Button>
      </DialogActions>
      <Confirm
        isOpen={isRemoving}
        title={t('teams.removeTitle', { name: team?.name ?? '' })}
        text={t('teams.removeText')}
        action={t('teams.remove')}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={() => setRemoving(false)}
      />
    </Dialog>
  )
}

interface MemberChecksProps {
  members: readonly Member[]
  chosen: ReadonlySet<string>
  onToggle: (userId: string) => void
}

function MemberChecks({ members, chosen, onToggle }: MemberChecksProps) {
  const { t } = useTranslation()
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-xs font-medium text-muted">{t('teams.whoIsIn')}</legend>
      <div className="flex max-h-52 flex-col gap-2 overflow-y-auto rounded-lg border border-line-strong p-2.5">
        {members.map(({ userId, name, email }) => (
          <label key={userId} className="flex items-center gap-2.5 text-sm">
            <input type="checkbox" className="size-4 shrink-0 accent-accent" checked={chosen.has(userId)} onChange={() => onToggle(userId)} />
            <span className="truncate">{name}</span>
            <span className="truncate text-xs text-faint">{email}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
