import { useTranslation } from 'react-i18next'
import { CopyBlock } from '../../../ui/copy-block.tsx'

/** Runs as it stands; docs/guides/webhooks.md says more. */
const RECEIVER = `import { createServer } from 'node:http'
import { Webhook } from 'standardwebhooks'

const webhook = new Webhook(process.env.WEBHOOK_SECRET)

createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString()
  try {
    const event = webhook.verify(body, request.headers)
    console.log(event.type, event.data)
    response.writeHead(204).end()
  } catch {
    response.writeHead(400).end() // not from us, or too old
  }
}).listen(8080)`

export function ReceiverExample() {
  const { t } = useTranslation()
  return (
    <div className="flex w-full flex-col gap-1.5 text-left">
      <p className="text-xs text-faint">{t('webhooks.receiver')}</p>
      <CopyBlock label={t('webhooks.receiver')} text={RECEIVER} />
    </div>
  )
}
