import { useNavigate } from '@tanstack/react-router'
import { List, SquareKanban } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Segmented } from '../../../ui/segmented.tsx'
import { rememberDealsView, type DealsView } from './deals-view.ts'

/** Deals as a list or as a board; what is asked of them goes along. */
export function DealsViewSwitch({ view, narrowed }: { view: DealsView; narrowed: object }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <Segmented
      label={t('board.views')}
      value={view}
      options={[
        { value: 'list', label: t('board.list'), icon: <List aria-hidden /> },
        { value: 'board', label: t('board.board'), icon: <SquareKanban aria-hidden /> },
      ]}
      onChange={(next) => {
        rememberDealsView(next)
        void navigate({ to: next === 'board' ? '/deals/board' : '/deals', search: { ...narrowed } })
      }}
    />
  )
}
