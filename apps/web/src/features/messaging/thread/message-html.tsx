import { useQuery } from '@tanstack/react-query'
import { ImageOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Skeleton } from '../../../ui/states.tsx'
import { messageHtmlQuery } from './queries.ts'

/** Before it is measured, and for frames that cannot be. */
const FIRST_HEIGHT_PX = 160

/** Longer mails scroll inside their frame. */
const MAX_HEIGHT_PX = 20_000

/** The mail wrote the document that is asked: whatever it answers, it is a height. */
function heightOf(twin: HTMLIFrameElement): number {
  const height = Number(twin.contentDocument?.documentElement.scrollHeight)
  return Number.isFinite(height) && height > 0 ? Math.min(height + 2, MAX_HEIGHT_PX) : FIRST_HEIGHT_PX
}

interface FrameProps {
  html: string
  title: string
}

/**
 * Shows sanitised HTML in a frame that may run nothing and is of no origin (contract 28). Such a frame cannot
 * tell its height, so a twin is laid out unseen first, and lives until it is measured. The twin is of our origin, that we
 * may look into it; that harms nothing as long as it has no `allow-scripts`: the sandbox, the document's policy and the
 * sanitiser each keep scripts out, and all that is read of it is one number. The other way, a script of ours in the
 * frame that tells the height, would need `allow-scripts` in the frame that is seen, and one wall less for every mail.
 */
function HtmlFrame({ html, title }: FrameProps) {
  const [heightPx, setHeightPx] = useState<number | null>(null)
  return (
    <div className="relative overflow-hidden rounded-lg bg-white">
      <iframe
        title={title}
        srcDoc={html}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        className="block w-full scheme-light"
        style={{ height: heightPx ?? FIRST_HEIGHT_PX }}
      />
      {heightPx === null && (
        <iframe
          aria-hidden
          tabIndex={-1}
          title=""
          srcDoc={html}
          sandbox="allow-same-origin"
          referrerPolicy="no-referrer"
          className="pointer-events-none invisible absolute inset-x-0 top-0 h-px w-full"
          onLoad={({ currentTarget }) => setHeightPx(heightOf(currentTarget))}
        />
      )}
    </div>
  )
}

export function MessageHtml({ messageId, senderName }: { messageId: string; senderName: string }) {
  const { t } = useTranslation()
  const [remoteImages, setRemoteImages] = useState<'block' | 'show'>('block')
  const { data, error, refetch, isPlaceholderData } = useQuery(messageHtmlQuery(messageId, remoteImages))
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton className="h-24 w-full" />
  return (
    <div className="flex flex-col gap-2">
      {data.blockedRemoteCount > 0 && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-canvas px-3 py-1.5 text-xs text-muted">
          <ImageOff aria-hidden className="size-3.5 shrink-0" />
          <span className="flex-1">{t('thread.imagesBlocked', { count: data.blockedRemoteCount })}</span>
          <Button kind="quiet" className="h-6! px-2 text-xs" isBusy={isPlaceholderData} onClick={() => setRemoteImages('show')}>
            {t('thread.showImages')}
          </Button>
        </div>
      )}
      <HtmlFrame key={isPlaceholderData ? 'block' : remoteImages} html={data.html} title={t('thread.htmlTitle', { name: senderName })} />
    </div>
  )
}
