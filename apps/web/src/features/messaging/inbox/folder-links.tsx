import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { AlarmClock, CircleCheck, CircleDashed, Inbox, Layers, UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { FOLDERS, type Folder } from './folders.ts'
import { conversationCountsQuery } from './queries.ts'

const icons: Record<Folder, typeof Inbox> = {
  open: Inbox,
  mine: UserRound,
  unassigned: CircleDashed,
  snoozed: AlarmClock,
  closed: CircleCheck,
  all: Layers,
}

/** The server counts up to a thousand: more is "1000+". */
function useCountText(): (folder: Folder) => string {
  const { t } = useTranslation()
  const { data } = useQuery(conversationCountsQuery)
  return (folder) => {
    if (!data || folder === 'all' || folder === 'closed') return ''
    const count = data[folder]
    if (count === 0) return ''
    return count >= 1000 ? t('inbox.moreThan', { count: 1000 }) : String(count)
  }
}

export function FolderLinks() {
  const { t } = useTranslation()
  const countText = useCountText()
  return (
    <ul className="flex flex-col gap-px">
      {FOLDERS.map((folder) => {
        const Icon = icons[folder]
        return (
          <li key={folder}>
            <Link
              to="/inbox/$folder"
              params={{ folder }}
              className="group flex h-7.5 items-center gap-2.5 rounded-lg px-2 text-sm text-muted transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-pressed aria-[current=page]:font-medium aria-[current=page]:text-ink"
            >
              <Icon aria-hidden className="size-4 shrink-0 opacity-80" />
              <span className="flex-1 truncate">{t(`inbox.folders.${folder}`)}</span>
              <span className={clsx('text-xs tabular-nums', folder === 'open' ? 'text-ink' : 'text-faint')}>{countText(folder)}</span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
