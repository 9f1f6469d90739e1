import type { SMTPServer } from 'smtp-server'

/** Listens and tells the port. A taken port is named, with the way out. */
export function listen(server: SMTPServer, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(explain(error, port))
    server.once('error', fail)
    const listener = server.listen(port, host, () => {
      server.off('error', fail)
      const address = listener.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

function explain(error: Error, port: number): Error {
  const isTaken = 'code' in error && error.code === 'EADDRINUSE'
  return isTaken ? new Error(`SMTP_PORT ${port} is taken. Stop what uses it, or set SMTP_PORT to a free port (0 picks one).`, { cause: error }) : error
}
