import { buildWeb } from '../../tools/build-web.ts'

/** Once per run: the journeys use the web app as `npm start` would build it. */
export default async function setup(): Promise<void> {
  await buildWeb()
}
