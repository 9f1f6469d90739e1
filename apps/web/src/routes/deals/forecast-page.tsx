import { useNavigate, useSearch } from '@tanstack/react-router'
import { ForecastView } from '../../features/pipeline/forecast/forecast-view.tsx'

export function ForecastPage() {
  const navigate = useNavigate()
  const { pipeline } = useSearch({ from: '/app/deals/forecast' })
  return <ForecastView chosenId={pipeline} onChoose={(id) => void navigate({ to: '/deals/forecast', search: { pipeline: id }, replace: true })} />
}
