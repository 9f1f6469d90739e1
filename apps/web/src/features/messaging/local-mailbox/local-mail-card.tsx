import type { LocalMail } from '@ai-crm/contracts'
import { Link } from '@tanstack/react-router'
import { CornerUpLeft } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { TextArea } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Time } from '../../../ui/time.tsx'
import { showToast } from '../../../ui/toast-store.ts'

function AnswerForm({ mail, onClose }: { mail: LocalMail; onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const answer = useCommand({
    run: (body: { text: string }, idempotencyKey) => api.messaging.answerLocalMail({ params: { localMailId: mail.id }, body, idempotencyKey }),
    onSuccess: () => {
      showToast({ kind: 'done', text: t('localMailbox.sent') })
      onClose()
    },
  })
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        answer.mutate({ text })
      }}
    >
      {answer.error && <ProblemNote error={answer.error} />}
      <TextArea
        label={t('localMailbox.answerLabel')}
        autoFocus
        required
        rows={4}
        maxLength={20_000}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <div className="flex gap-2">
        <Button type="submit" kind="primary" disabled={!text.trim()} isBusy={answer.isPending}>
          {t('localMailbox.sendAnswer')}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}

/** One e-mail that "left", as its receiver would see it. */
export function LocalMailCard({ mail }: { mail: LocalMail }) {
  const { t } = useTranslation()
  // Only what went to a customer has somebody who could answer: the mails of the product itself have not.
  const canAnswer = useCan('messaging.channel.manage') && mail.conversationId !== null
  const [isAnswering, setIsAnswering] = useState(false)
  return (
    <article className="flex flex-col gap-3 rounded-xl border border-line p-4">
      <header className="flex flex-col gap-0.5">
        <div className="flex items-baseline gap-3">
          <h2 className="min-w-0 flex-1 truncate font-semibold">{mail.subject}</h2>
          <Time at={mail.receivedAt} form="relative" className="shrink-0 text-xs text-faint" />
        </div>
        <p className="truncate text-xs text-faint">
          {mail.from} · {t('localMailbox.to', { names: mail.to.join(', ') })}
        </p>
      </header>
      <p className="max-h-112 overflow-y-auto break-words whitespace-pre-wrap text-base" tabIndex={0}>
        {mail.text}
      </p>
      {isAnswering ? (
        <AnswerForm mail={mail} onClose={() => setIsAnswering(false)} />
      ) : (
        <footer className="flex flex-wrap gap-2 empty:hidden">
          {canAnswer && (
            <Button icon={<CornerUpLeft />} onClick={() => setIsAnswering(true)}>
              {t('localMailbox.answer')}
            </Button>
          )}
          {mail.conversationId && (
            <Link
              to="/inbox/$folder/$conversationId"
              params={{ folder: 'all', conversationId: mail.conversationId }}
              className="inline-flex h-8 items-center rounded-lg px-3 text-muted hover:bg-hover hover:text-ink"
            >
              {t('localMailbox.openConversation')}
            </Link>
          )}
        </footer>
      )}
    </article>
  )
}
