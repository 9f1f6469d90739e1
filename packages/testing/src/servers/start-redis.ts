import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { redisAnswers } from './answers.ts'
import { freePort } from './free-port.ts'
import type { RealServer } from './real-server.ts'
import { serve } from './serve.ts'

/** A real Redis without persistence: a restart forgets everything, as the system must be able to bear. Ready in about 50 ms. */
export async function startRedis(): Promise<RealServer> {
  const [directory, port] = [await mkdtemp(join(tmpdir(), 'ai-crm-redis-')), await freePort()]
  return serve(`redis://127.0.0.1:${port}`, directory, [
    {
      command: 'redis-server',
      args: ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', '', '--appendonly', 'no', '--daemonize', 'no'],
      stopSignal: 'SIGTERM',
      isReady: () => redisAnswers({ host: '127.0.0.1', port }),
      readyWithinMs: 10_000,
    },
  ])
}
