import { ROLES, type CustomRole, type Member } from '@ai-crm/contracts'
import { KeyRound, MoreHorizontal, ShieldOff, ShieldCheck, UserMinus } from 'lucide-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan, useMe } from '../../../lib/session/session-store.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { Choice } from '../../../ui/field.tsx'
import { Menu, MenuItem } from '../../../ui/menu.tsx'
import { Time } from '../../../ui/time.tsx'
import { Tooltip } from '../../../ui/tooltip.tsx'
import { rolesQuery } from '../roles/queries.ts'
import { RemoveMemberDialog } from './remove-member-dialog.tsx'
import { useMemberCommands } from './use-member-commands.ts'

export function MemberRow({ member }: { member: Member }) {
  const { t } = useTranslation()
  const me = useMe()
  const { name, email, role, customRoleId, disabledAt, lastSeenAt, factorsResetAt } = member
  const isMe = member.userId === me.user.id
  const mayManage = useCan('auth.member.manage') && ROLES.indexOf(role) >= ROLES.indexOf(me.role)
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-3">
      <Avatar name={name} />
      <div className="min-w-0 flex-1 basis-48">
        <p className="flex flex-wrap items-center gap-x-2 font-medium">
          <span className="truncate">{name}</span>
          {isMe && <span className="font-normal text-faint">({t('common.you')})</span>}
          {disabledAt !== null && <Badge tone="warn">{t('team.disabled')}</Badge>}
        </p>
        <p className="truncate text-xs text-faint">{email}</p>
        {factorsResetAt !== null && (
          <p className="text-xs text-warn">
            {t('team.factors.until')} <Time at={factorsResetAt} form="full" />
          </p>
        )}
      </div>
      <span className="hidden text-xs text-faint sm:inline">
        {t('team.lastSeen')} {lastSeenAt === null ? t('team.never') : <Time at={lastSeenAt} form="relative" />}
      </span>
      {mayManage ? <RoleChoice member={member} /> : <RoleBadge role={role} customRoleId={customRoleId} />}
      {mayManage && (isMe ? <span className="hidden w-7 sm:block" /> : <MemberMenu member={member} />)}
    </li>
  )
}

/** Roles of the organisation's own, as far as whoever looks may see them. */
function useCustomRoles(): readonly CustomRole[] {
  const { data } = useQuery({ ...rolesQuery, enabled: useCan('auth.role.read') })
  return data?.custom ?? []
}

function RoleBadge({ role, customRoleId }: Pick<Member, 'role' | 'customRoleId'>) {
  const { t } = useTranslation()
  const custom = useCustomRoles().find(({ id }) => id === customRoleId)
  if (customRoleId !== null) return <Badge>{custom?.name ?? t('team.customRole')}</Badge>
  return (
    <Tooltip text={t(`settings.roleText.${role}`)}>
      <span tabIndex={0}>
        <Badge tone={role === 'owner' ? 'accent' : 'neutral'}>{t(`settings.roles.${role}`)}</Badge>
      </span>
    </Tooltip>
  )
}

/** The roles that somebody may give: up to their own. */
export function useRoleOptions() {
  const { t } = useTranslation()
  const me = useMe()
  return ROLES.filter((role) => ROLES.indexOf(role) >= ROLES.indexOf(me.role)).map((role) => ({ value: role, label: t(`settings.roles.${role}`) }))
}

function RoleChoice({ member }: { member: Member }) {
  const { t } = useTranslation()
  const { customRoleId } = member
  const builtIn = useRoleOptions()
  const custom = useCustomRoles().map(({ id, name }) => ({ value: id, label: name }))
  // Until its name is known, or where it may not be: never the role that it was made from.
  const isUnnamed = customRoleId !== null && !custom.some(({ value }) => value === customRoleId)
  const unnamed = isUnnamed ? [{ value: customRoleId, label: t('team.customRole') }] : []
  const { changeRole, giveCustomRole } = useMemberCommands(member)
  const choose = (value: string) => {
    const role = ROLES.find((each) => each === value)
    if (role) changeRole.mutate(role)
    else giveCustomRole.mutate(value)
  }
  return (
    <Choice
      label={t('team.changeRole', { name: member.name })}
      isLabelHidden
      className="w-40"
      value={customRoleId ?? member.role}
      options={[...builtIn, ...(member.role === 'owner' ? [] : custom), ...unnamed]}
      disabled={changeRole.isPending || giveCustomRole.isPending}
      onChange={choose}
    />
  )
}

function MemberMenu({ member }: { member: Member }) {
  const { t } = useTranslation()
  const [isRemoving, setIsRemoving] = useState(false)
  const [isResetting, setIsResetting] = useState(false)
  const { setDisabled, resetFactors, keepFactors } = useMemberCommands(member)
  const isDisabled = member.disabledAt !== null
  const trigger = (
    <IconButton label={t('team.actions', { name: member.name })}>
      <MoreHorizontal />
    </IconButton>
  )
  return (
    <>
      <Menu trigger={trigger} label={t('team.actions', { name: member.name })}>
        <MenuItem icon={isDisabled ? <ShieldCheck /> : <ShieldOff />} onSelect={() => setDisabled.mutate(!isDisabled)}>
          {isDisabled ? t('team.enable') : t('team.disable')}
        </MenuItem>
        {member.factorsResetAt === null ? (
          <MenuItem icon={<KeyRound />} onSelect={() => setIsResetting(true)}>
            {t('team.factors.reset')}
          </MenuItem>
        ) : (
          <MenuItem icon={<KeyRound />} onSelect={() => keepFactors.mutate()}>
            {t('team.factors.keep')}
          </MenuItem>
        )}
        <MenuItem icon={<UserMinus />} isDanger onSelect={() => setIsRemoving(true)}>
          {t('team.remove')}
        </MenuItem>
      </Menu>
      <Confirm
        isOpen={isResetting}
        title={t('team.factors.title', { name: member.name })}
        text={t('team.factors.text')}
        action={t('team.factors.action')}
        isBusy={resetFactors.isPending}
        onConfirm={() => resetFactors.mutate(undefined, { onSettled: () => setIsResetting(false) })}
        onClose={() => setIsResetting(false)}
      />
      <RemoveMemberDialog member={member} isOpen={isRemoving} onClose={() => setIsRemoving(false)} />
    </>
  )
}
