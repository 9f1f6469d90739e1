import { existsSync } from 'node:fs'
import { canInstall, installPackage } from './install-package.ts'

/** The headless shell first: the whole browser draws, without a screen, a window that nobody sees (a fifth of a core each). */
const PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const findChromium = (environment: Readonly<Record<string, string | undefined>>): string | undefined =>
  environment['CHROMIUM'] ?? PLACES.find((place) => existsSync(place))

/** Path of a Chromium: CHROMIUM, an installed one, or Debian's by apt-get, saying so. Else it fails and says what is missing. */
export async function ensureChromium(say: (line: string) => void, environment: Readonly<Record<string, string | undefined>> = process.env): Promise<string> {
  const found = findChromium(environment)
  if (found) return found
  if (!canInstall()) throw new Error('Chromium is missing. Install it, or set CHROMIUM to its path.')
  say('Chromium is missing: installing chromium-headless-shell with apt-get.')
  // Distributions that do not split it have only the whole browser.
  await installPackage('chromium-headless-shell').catch(() => installPackage('chromium'))
  return findChromium(environment) ?? '/usr/bin/chromium'
}
