import { createServer } from 'node:net'

// Below the kernel's ephemeral ports (from 32768 on), so that no outgoing connection takes one before its server listens.
const FIRST = 10_000
const BLOCKS = 220
const BLOCK_SIZE = 100

// A block per process: test files that run side by side each promise ports to servers that start seconds later.
const first = FIRST + (process.pid % BLOCKS) * BLOCK_SIZE
let asked = 0

/** A port of the loopback interface that nobody listens on at this moment, and that no other process is given soon. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < BLOCK_SIZE; attempt++) {
    const port = first + (asked++ % BLOCK_SIZE)
    if (await isFree(port)) return port
  }
  throw new Error(`No port is free from ${first} to ${first + BLOCK_SIZE - 1}.`)
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
