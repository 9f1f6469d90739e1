import type { Conversation } from '@ai-crm/contracts'
import { AlarmClock, ArrowLeft, Check, CircleDot, MailOpen, PanelRight, RotateCcw, UserRoundPlus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan, useMe } from '../../../lib/session/session-store.ts'
import { useShortcut } from '../../../lib/shortcuts/use-shortcut.ts'
import { fullTime } from '../../../lib/time/format.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Menu, MenuItem, MenuLine } from '../../../ui/menu.tsx'
import { snoozeTimes } from '../inbox/snooze-times.ts'
import type { ConversationActions } from '../inbox/use-conversation-actions.ts'

interface ConversationHeaderProps {
  conversation: Conversation
  actions: ConversationActions
  /** Of somebody whose records the person may see and not change. */
  isLocked: boolean
  members: readonly { userId: string; name: string }[]
  isPanelOpen: boolean
  onTogglePanel: () => void
  onMarkUnread: () => void
  onBack: () => void
  onDone: () => void
}

function AssignMenu({ conversation, actions, members }: Pick<ConversationHeaderProps, 'conversation' | 'actions' | 'members'>) {
  const { t } = useTranslation()
  const me = useMe()
  const assignee = members.find(({ userId }) => userId === conversation.assigneeId)
  const label = assignee ? t('inbox.assignedTo', { name: assignee.name }) : t('thread.actions.assign')
  const trigger = <IconButton label={label}>{assignee ? <Avatar name={assignee.name} size="sm" /> : <UserRoundPlus />}</IconButton>
  return (
    <Menu trigger={trigger} label={t('thread.actions.assign')}>
      <MenuItem icon={<Avatar name={me.user.name} size="sm" />} shortcut="i" onSelect={() => actions.assign(me.user.id)}>
        {t('thread.actions.assignToMe')}
      </MenuItem>
      {members
        .filter(({ userId }) => userId !== me.user.id)
        .map(({ userId, name }) => (
          <MenuItem key={userId} icon={<Avatar name={name} size="sm" />} onSelect={() => actions.assign(userId)}>
            {name}
          </MenuItem>
        ))}
      {conversation.assigneeId && (
        <>
          <MenuLine />
          <MenuItem icon={<CircleDot />} onSelect={() => actions.assign(null)}>
            {t('thread.actions.unassign')}
          </MenuItem>
        </>
      )}
    </Menu>
  )
}

function SnoozeMenu({ actions }: { actions: ConversationActions }) {
  const { t } = useTranslation()
  const times = snoozeTimes(new Date())
  const trigger: ReactNode = (
    <IconButton label={t('thread.actions.snooze')}>
      <AlarmClock />
    </IconButton>
  )
  return (
    <Menu trigger={trigger} label={t('thread.actions.snooze')}>
      {(['hours', 'tomorrow', 'week'] as const).map((name) => (
        <MenuItem key={name} onSelect={() => actions.snooze(times[name])}>
          {t(`thread.snooze.${name}`)}
        </MenuItem>
      ))}
    </Menu>
  )
}

function StatusBadge({ conversation }: { conversation: Conversation }) {
  const { t, i18n } = useTranslation()
  if (conversation.status === 'open') return null
  const isSnoozed = conversation.status === 'snoozed' && conversation.snoozedUntil
  return <Badge>{isSnoozed ? t('thread.snooze.until', { time: fullTime(isSnoozed, i18n.language) }) : t(`thread.status.${conversation.status}`)}</Badge>
}

export function ConversationHeader({
  conversation,
  actions,
  isLocked,
  members,
  isPanelOpen,
  onTogglePanel,
  onMarkUnread,
  onBack,
  onDone,
}: ConversationHeaderProps) {
  const { t } = useTranslation()
  const me = useMe()
  const canUpdate = useCan('messaging.conversation.update') && !isLocked
  const isOpen = conversation.status === 'open'
  const toggleDone = isOpen ? onDone : actions.reopen
  useShortcut(canUpdate ? { keys: 'e', label: t('shortcuts.done'), group: 'conversation', run: toggleDone } : null)
  useShortcut(canUpdate ? { keys: 'i', label: t('shortcuts.assign'), group: 'conversation', run: () => actions.assign(me.user.id) } : null)
  useShortcut({ keys: 'u', label: t('shortcuts.unread'), group: 'conversation', run: onMarkUnread })
  useShortcut({ keys: 'p', label: t('shortcuts.panel'), group: 'conversation', run: onTogglePanel })
  return (
    <header className="flex h-13 shrink-0 items-center gap-1 border-b border-line pr-2 pl-2 md:pl-5">
      <IconButton label={t('common.back')} className="md:hidden" onClick={onBack}>
        <ArrowLeft />
      </IconButton>
      <h1 className="min-w-0 flex-1 truncate text-base font-semibold">{conversation.subject || t('inbox.noSubject')}</h1>
      <div className="hidden sm:block">
        <StatusBadge conversation={conversation} />
      </div>
      {canUpdate && (
        <>
          <AssignMenu {...{ conversation, actions, members }} />
          <SnoozeMenu actions={actions} />
        </>
      )}
      <IconButton label={t('thread.actions.unread')} shortcut="u" className="max-sm:hidden" onClick={onMarkUnread}>
        <MailOpen />
      </IconButton>
      <IconButton label={isPanelOpen ? t('thread.hideContact') : t('thread.showContact')} shortcut="p" aria-pressed={isPanelOpen} onClick={onTogglePanel}>
        <PanelRight />
      </IconButton>
      {canUpdate && (
        <Button icon={isOpen ? <Check /> : <RotateCcw />} shortcut="e" className="ml-1" isBusy={actions.isBusy} onClick={toggleDone}>
          <span className="max-sm:sr-only">{isOpen ? t('thread.actions.close') : t('thread.actions.reopen')}</span>
        </Button>
      )}
    </header>
  )
}
