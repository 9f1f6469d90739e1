/** The limit of W7: the same SMTP library, saying 250 to everything. A process of its own; prints its port. */
import { SMTPServer } from 'smtp-server'

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  disableReverseLookup: true,
  onData(stream, _session, done) {
    stream.resume()
    stream.on('end', () => done())
  },
})
server.server.on('connection', (socket) => socket.setNoDelay(true))
const listener = server.listen(0, '127.0.0.1', () => {
  const address = listener.address()
  process.stdout.write(`${typeof address === 'object' && address ? address.port : 0}\n`)
})
