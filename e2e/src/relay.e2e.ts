import { startFakeMailWorld, type FakeMailWorld } from '@ai-crm/testing/fakes/mail-world'
import { ensureServers, type Servers } from '@ai-crm/testing/servers'
import { afterAll, beforeAll, describe } from 'vitest'
import { decisionsOnScreen } from './journeys/decisions-on-screen.ts'
import { htmlMailOnScreen, startImageWorld, type ImageWorld } from './journeys/remote-images-on-screen.ts'
import { startDistributedSystem, startEmbeddedSystem, type RunningSystem } from './system.ts'

describe.each(['embedded', 'distributed'] as const)('with a relay that fails as it is told: %s', (mode) => {
  let servers: Servers | null = null
  let system: RunningSystem
  let world: FakeMailWorld
  let images: ImageWorld
  beforeAll(async () => {
    world = await startFakeMailWorld()
    images = await startImageWorld()
    const extra = { SMTP_RELAY_URL: world.url, SEND_RETRY_SECONDS: '8', SEND_TIMEOUT_MS: '5000', EGRESS_ALLOWED_HOSTS: images.host }
    if (mode === 'distributed') servers = await ensureServers((line) => console.log(line))
    system = servers ? await startDistributedSystem(servers, extra) : await startEmbeddedSystem(extra)
  })
  afterAll(async () => {
    await system?.stop()
    await servers?.stop()
    await world?.stop()
    images?.close()
  })

  decisionsOnScreen(
    () => system,
    () => world,
  )
  if (mode === 'embedded')
    htmlMailOnScreen(
      () => system,
      () => images,
    )
})
