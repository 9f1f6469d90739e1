/** A real server of our own, on a free port of the loopback interface, with its data in a temporary directory. */
export interface RealServer {
  readonly url: string
  /** Ends it in order and removes its data. */
  stop(): Promise<void>
  /** SIGKILL. What is on disk stays for `restart`. */
  kill(): Promise<void>
  /** Ends it in order if it runs, and starts it again on the same port with the same data. */
  restart(): Promise<void>
}
