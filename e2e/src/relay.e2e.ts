import { startFakeMailWorld, type FakeMailWorld } from '@ai-crm/testing/fakes/mail-world'
import { afterAll, beforeAll } from 'vitest'
import { decisionsOnScreen } from './journeys/decisions-on-screen.ts'
import { htmlMailOnScreen, startImageWorld, type ImageWorld } from './journeys/remote-images-on-screen.ts'
import { distributed, embedded, type Journey } from './ways.ts'

let world: FakeMailWorld
let images: ImageWorld
beforeAll(async () => {
  world = await startFakeMailWorld()
  images = await startImageWorld()
})
afterAll(async () => {
  await world?.stop()
  images?.close()
})

const environment = () => ({ SMTP_RELAY_URL: world.url, SEND_RETRY_SECONDS: '12', SEND_TIMEOUT_MS: '5000', EGRESS_ALLOWED_HOSTS: images.host })
const decisions: Journey = (system) => decisionsOnScreen(system, () => world)
const htmlMail: Journey = (system) => htmlMailOnScreen(system, () => images)

const name = 'with a relay that fails as it is told'

embedded([{ name, journeys: [decisions, htmlMail] }], environment)
distributed([{ name, journeys: [decisions] }], environment)
