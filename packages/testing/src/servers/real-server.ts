/** A real server: one of our own on a free port of the loopback interface, or one that was there already. */
export interface RealServer {
  readonly url: string
  /** False for a server that was configured or found running: it is used, never stopped, killed or restarted. */
  readonly isOurs: boolean
  /** Ends it in order and removes its data. */
  stop(): Promise<void>
  /** SIGKILL. What is on disk stays for `restart`. */
  kill(): Promise<void>
  /** Ends it in order if it runs, and starts it again on the same port with the same data. */
  restart(): Promise<void>
}

/** Somebody else's server. */
export function foreignServer(url: string): RealServer {
  const refuse = () => Promise.reject(new Error(`${new URL(url).host} is not ours to stop.`))
  return { url, isOurs: false, stop: async () => undefined, kill: refuse, restart: refuse }
}
