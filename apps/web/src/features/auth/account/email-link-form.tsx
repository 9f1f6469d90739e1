import { useMutation } from '@tanstack/react-query'
import { Button } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { RelayNote } from './mail-sent.tsx'
import { useLinkToken } from './link-token.ts'

interface EmailLinkFormProps {
  press: string
  done: string
  /** Another mail follows. */
  sendsMail?: boolean
  run: (token: string) => Promise<unknown>
}

/** One press that uses the link of a mail. */
export function EmailLinkForm({ press, done, sendsMail, run }: EmailLinkFormProps) {
  const token = useLinkToken()
  const open = useMutation({ mutationFn: () => run(token) })
  if (open.isSuccess)
    return (
      <div className="flex flex-col gap-4">
        <p role="status" className="text-base text-ink">
          {done}
        </p>
        {sendsMail && <RelayNote />}
      </div>
    )
  return (
    <div className="flex flex-col gap-4">
      {open.error && <ProblemNote error={open.error} />}
      <Button kind="primary" className="h-9" autoFocus isBusy={open.isPending} onClick={() => open.mutate()}>
        {press}
      </Button>
    </div>
  )
}
