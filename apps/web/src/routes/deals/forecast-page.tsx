import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { SquareKanban } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ForecastView } from '../../features/pipeline/forecast/forecast-view.tsx'

export function ForecastPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { pipeline } = useSearch({ from: '/app/deals/forecast' })
  return (
    <ForecastView chosenId={pipeline} onChoose={(id) => void navigate({ to: '/deals/forecast', search: { pipeline: id }, replace: true })}>
      <Link
        to="/deals/board"
        search={pipeline ? { pipeline } : {}}
        className="flex h-8 items-center gap-1.5 rounded-lg px-2 text-sm text-muted hover:bg-hover hover:text-ink [&_svg]:size-4"
      >
        <SquareKanban aria-hidden />
        {t('board.board')}
      </Link>
    </ForecastView>
  )
}
