import type { Socket } from 'node:net'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'

/**
 * How the world misbehaves in one SMTP transaction. The name says where: `login` (535), `recipient` (at RCPT TO),
 * `message` (the answer to the final dot). `drop-…` destroys the socket without an answer.
 */
export type MailFailure =
  | 'refuse-login'
  | 'defer-recipient'
  | 'refuse-recipient'
  | 'drop-at-recipient'
  | 'defer-message'
  | 'refuse-message'
  | 'drop-after-dot'
  | 'silent-after-dot'

export interface WorldMail {
  readonly messageId: string
  readonly from: string
  readonly to: readonly string[]
  readonly source: string
  /** Whether it came over TLS. */
  readonly isEncrypted: boolean
  /** Whether the sender was told 250: a mail that arrived and whose answer was lost has `false`. */
  readonly isAnswered: boolean
}

export interface FakeMailWorld {
  /** What SMTP_RELAY_URL wants, with the account. */
  readonly url: string
  /** Everything that arrived, in order: also mail whose answer was lost. */
  readonly mails: readonly WorldMail[]
  /** How often each Message-ID arrived: above 1 is a mail that a customer got twice. */
  counts(): ReadonlyMap<string, number>
  /** Connections so far, whatever came of them. */
  connections(): number
  /** The next transactions fail so, in this order; then all is well again. */
  failNext(...failures: readonly MailFailure[]): void
  /** From now on this share of the mails (0 to 1) arrives without an answer; for chaos runs. */
  dropAnswers(share: number): void
  stop(): Promise<void>
}

const ACCOUNT = { user: 'crm', password: 'relay-password' }

export interface MailWorldOptions {
  /** Absent: no TLS at all. */
  readonly tls?: { readonly mode: 'implicit' | 'starttls'; readonly cert: string; readonly key: string }
}

/** The outside world of mail: a real SMTP server that counts what reaches it and fails as it is told. */
export async function startFakeMailWorld({ tls }: MailWorldOptions = {}): Promise<FakeMailWorld> {
  const world = new World()
  const server = new SMTPServer({
    ...(tls ? { secure: tls.mode === 'implicit', cert: tls.cert, key: tls.key } : { disabledCommands: ['STARTTLS'] }),
    disableReverseLookup: true,
    allowInsecureAuth: true,
    closeTimeout: 100,
    onConnect: (session, done) => {
      world.begin(session)
      done()
    },
    onAuth: ({ username, password }, session, done) => {
      const isRight = username === ACCOUNT.user && password === ACCOUNT.password
      if (!isRight || world.failureOf(session) === 'refuse-login') return done(reply(535, '5.7.8 Authentication failed'))
      done(null, { user: username })
    },
    onRcptTo: (_address, session, done) => {
      const failure = world.failureOf(session)
      if (failure === 'drop-at-recipient') return world.drop(session)
      if (failure === 'defer-recipient') return done(reply(450, '4.2.0 Greylisted, come again'))
      if (failure === 'refuse-recipient') return done(reply(550, '5.1.1 No such user'))
      done()
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => world.end(session, Buffer.concat(chunks).toString('latin1'), done))
    },
  })
  server.on('error', () => undefined)
  server.server.on('connection', (socket: Socket) => world.meet(socket))
  const port = await new Promise<number>((resolve) => {
    const listener = server.listen(0, '127.0.0.1', () => {
      const address = listener.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  return {
    url: `${tls?.mode === 'implicit' ? 'smtps' : 'smtp'}://${ACCOUNT.user}:${ACCOUNT.password}@127.0.0.1:${port}`,
    mails: world.mails,
    counts: () => world.counts(),
    connections: () => world.connections,
    failNext: (...failures) => world.failures.push(...failures),
    dropAnswers: (share) => {
      world.droppedShare = share
    },
    stop: () => world.stop(server, tls !== undefined),
  }
}

const reply = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode })

class World {
  readonly mails: WorldMail[] = []
  readonly failures: MailFailure[] = []
  droppedShare = 0
  connections = 0
  readonly #sockets = new Map<number, Socket>()
  readonly #failing = new WeakMap<SMTPServerSession, MailFailure>()

  meet(socket: Socket): void {
    this.connections += 1
    const port = socket.remotePort ?? 0
    this.#sockets.set(port, socket)
    socket.once('close', () => this.#sockets.delete(port))
  }

  begin(session: SMTPServerSession): void {
    const failure = this.failures.shift()
    if (failure) this.#failing.set(session, failure)
  }

  failureOf(session: SMTPServerSession): MailFailure | undefined {
    return this.#failing.get(session)
  }

  drop(session: SMTPServerSession): void {
    this.#sockets.get(session.remotePort)?.destroy()
  }

  end(session: SMTPServerSession, source: string, done: (error?: Error | null, message?: string) => void): void {
    const failure = this.failureOf(session) ?? (Math.random() < this.droppedShare ? 'drop-after-dot' : undefined)
    if (failure === 'defer-message') return done(reply(451, '4.3.0 Try again later'))
    if (failure === 'refuse-message') return done(reply(554, '5.7.1 Rejected as spam'))
    const isAnswered = failure !== 'drop-after-dot' && failure !== 'silent-after-dot'
    this.mails.push({
      messageId: /^message-id:\s*<([^>]+)>/im.exec(source)?.[1] ?? '',
      from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
      to: session.envelope.rcptTo.map(({ address }) => address),
      source,
      isEncrypted: session.secure,
      isAnswered,
    })
    if (failure === 'drop-after-dot') return this.drop(session)
    if (isAnswered) done(null, '2.0.0 Ok: queued in the fake world')
  }

  counts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>()
    for (const { messageId } of this.mails) counts.set(messageId, (counts.get(messageId) ?? 0) + 1)
    return counts
  }

  async stop(server: SMTPServer, isTls: boolean): Promise<void> {
    // Node dies of a socket that is destroyed below its TLS: those the server closes itself.
    if (!isTls) for (const socket of this.#sockets.values()) socket.destroy()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
}
