import { useMutation, useQuery } from '@tanstack/react-query'
import { MailCheck, Terminal } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { publicApi } from '../../../lib/session/refresh.ts'
import { Button } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'

/** Says honestly where the link is when no mail leaves this installation. */
export function RelayNote() {
  const { t } = useTranslation()
  const { data } = useQuery({
    queryKey: ['messaging', 'system-mail-transport'],
    queryFn: ({ signal }) => publicApi.messaging.getSystemMailTransport({ signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (data?.transport !== 'console') return null
  return (
    <p role="note" className="flex items-start gap-2.5 rounded-xl border border-line-strong bg-canvas px-3.5 py-3 text-sm text-ink">
      <Terminal aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
      {t('account.noRelay')}
    </p>
  )
}

interface MailSentProps {
  text: string
  onResend: () => Promise<unknown>
  children?: ReactNode
}

/** After every form that sends a mail: the same whether or not there is an account. */
export function MailSent({ text, onResend, children }: MailSentProps) {
  const { t } = useTranslation()
  const resend = useMutation({ mutationFn: onResend })
  return (
    <div className="flex flex-col gap-4">
      <h2 className="text-base font-semibold">{t('account.mailTitle')}</h2>
      <p role="status" className="flex items-start gap-2.5 text-base text-ink">
        <MailCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-accent-text" />
        <span className="min-w-0 break-words">{text}</span>
      </p>
      <RelayNote />
      <p className="text-muted">{t('account.mailHint')}</p>
      {resend.error && <ProblemNote error={resend.error} />}
      <Button className="h-9" isBusy={resend.isPending} disabled={resend.isSuccess} onClick={() => resend.mutate()}>
        {resend.isSuccess ? t('account.resent') : t('account.resend')}
      </Button>
      {children}
    </div>
  )
}
