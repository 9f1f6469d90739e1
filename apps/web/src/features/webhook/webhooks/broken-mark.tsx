import { useTranslation } from 'react-i18next'
import { useBrokenWebhooks } from './use-broken-webhooks.ts'

/** A dot beside the way to the webhooks while one of them needs somebody. */
export function BrokenMark({ className = 'ml-auto' }: { className?: string }) {
  const { t } = useTranslation()
  const count = useBrokenWebhooks()?.length ?? 0
  if (count === 0) return null
  const text = t('webhooks.alert', { count })
  return (
    <span className={`${className} inline-flex shrink-0`} title={text}>
      <span aria-hidden className="size-2 rounded-full bg-danger" />
      <span className="sr-only">{text}</span>
    </span>
  )
}
