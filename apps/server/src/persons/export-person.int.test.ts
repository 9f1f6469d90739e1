import ai from '@ai-crm/ai'
import auth from '@ai-crm/auth'
import crm from '@ai-crm/crm'
import messaging from '@ai-crm/messaging'
import { signUp, startService } from '@ai-crm/testing'
import { freePort } from '@ai-crm/testing/servers'
import webhook from '@ai-crm/webhook'
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { listenToEverything, liveAs } from './lived-person.fixture.ts'

const smtpPort = await freePort()
const product = await startService(auth, {
  together: [crm, messaging, ai, webhook],
  environment: { SMTP_PORT: String(smtpPort), SEND_UNDO_SECONDS: '0', EGRESS_ALLOWED_HOSTS: '127.0.0.1' },
})

/** With the system's own tar, as whoever gets it does. */
async function unpack(archive: Buffer): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'person-'))
  try {
    await writeFile(join(folder, 'person.tar.gz'), archive)
    await promisify(execFile)('tar', ['-xzf', 'person.tar.gz'], { cwd: folder })
    const entries = (await readdir(join(folder, 'person'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    const read = entries.map(
      async ({ parentPath, name }) =>
        [join(parentPath, name).slice(join(folder, 'person').length + 1), await readFile(join(parentPath, name), 'utf8')] as const,
    )
    return new Map(await Promise.all(read))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

it('gives all that every service has about one person as one archive, and nothing of anybody else', { timeout: 240_000 }, async () => {
  const { me } = await signUp(product, { organizationName: 'Taker', name: 'Olga', email: 'olga@people.example', password: 'correct horse battery' })
  await product.settle()
  const owner = await product.signIn({ organizationId: me.organization.id, userId: me.user.id })
  await listenToEverything(owner)
  const world = { product, smtpPort, owner }
  const person = await liveAs(world, 'zqxmark')
  await liveAs(world, 'vwymark')

  const parts = await Promise.all(['crm', 'messaging', 'ai', 'webhook'].map((service) => owner.post(`/person-data/${service}/${person.contactId}/export`)))
  expect(parts.map(({ status, headers }) => [status, headers['content-type']])).toEqual(Array.from({ length: 4 }, () => [200, 'application/gzip']))
  const files = await unpack(Buffer.concat([...parts.map(({ raw }) => raw), gzipSync(Buffer.alloc(1024))]))

  const names = [...files.keys()]
  for (const name of [
    'crm/contact.jsonl',
    'crm/event.jsonl',
    'crm/note.jsonl',
    'crm/task.jsonl',
    'crm/timeline_entry.jsonl',
    'messaging/message.jsonl',
    'messaging/event.jsonl',
    'ai/draft.jsonl',
    'webhook/delivery.jsonl',
  ])
    expect(names).toContain(name)
  const fileOf = (start: string) => [...files].find(([name]) => name.startsWith(start))?.[1]
  expect(fileOf('crm/file/')).toBe('zqxmark in a file')
  expect(fileOf('messaging/attachment/')).toBe('zqxmark attached')
  expect(fileOf('messaging/source/')).toContain('Subject: ')
  const contacts = (files.get('crm/contact.jsonl') ?? '')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(contacts).toHaveLength(2)
  expect(contacts.find(({ id }) => id === person.contactId)).toMatchObject({ name: person.name, consent: 'given', consentSource: 'zqxmark' })
  expect([...files.values()].join('\n')).not.toContain('vwymark')

  await product.settle()
  const log = (await owner.get('/security-log')).body.items.filter(({ kind }: { kind: string }) => kind === 'person.exported')
  expect(log.map(({ details }: { details: { service: string } }) => details.service).toSorted()).toEqual(['ai', 'crm', 'messaging', 'webhook'])
})

it('is refused to a role that hides a field', async () => {
  const owner = await product.signIn({ role: 'owner' })
  const contact = (await owner.post('/contacts', { name: 'Ada' })).body
  const narrow = await product.signIn({
    organizationId: owner.organizationId,
    permissions: ['crm.contact.read', 'crm.person.export'],
    fields: { contact: { note: 'hidden' } },
  })
  expect((await narrow.post(`/person-data/crm/${contact.id}/export`)).status).toBe(403)
})
