import { EICAR, startClamdServer } from '@ai-crm/testing/fakes/clamd-server'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { v7 as uuidV7 } from 'uuid'
import { askScannerVersion, pingScanner, ScannerAway, scanStream } from './clamd.ts'
import { firstIdOf } from './renewal-of.ts'

const clamd = await startClamdServer(3 * 1024 * 1024)
// One of your own: a clamd with a signature of EICAR, whose StreamMaxLength is 3M.
const url = process.env['CLAMD_TEST_URL'] ?? clamd.url
afterAll(() => clamd.close())
beforeEach(() => void (clamd.mood = 'well'))

const { signal } = new AbortController()
const scan = (...blocks: Uint8Array[]) => scanStream(url, blocks, signal)

it('finds what is infected, however it is cut, and names it', async () => {
  const cut = [Buffer.from('x'.repeat(70_000)), EICAR.subarray(0, 30), EICAR.subarray(30)]
  expect(await scan(EICAR)).toMatchObject({ state: 'infected', finding: expect.stringMatching(/eicar/i) })
  if (url === clamd.url) expect(await scan(...cut)).toMatchObject({ state: 'infected' })
})

it('takes clean bytes for clean, none and many alike', async () => {
  expect(await scan()).toEqual({ state: 'clean', finding: null })
  expect(await scan(Buffer.alloc(0), Buffer.alloc(2_000_000, 'harmless '))).toEqual({ state: 'clean', finding: null })
})

it('does not take for clean what the scanner does not take', async () => {
  const blocks = Array.from({ length: 5 }, () => Buffer.alloc(1024 * 1024, 'a'))
  expect(await scan(...blocks).catch((error: unknown) => error)).toSatisfy(
    (outcome: unknown) =>
      outcome instanceof ScannerAway || (typeof outcome === 'object' && outcome !== null && 'state' in outcome && outcome.state === 'unscannable'),
  )
})

it('says that nothing is known while the scanner is away, broken, nowhere or too slow', async () => {
  clamd.mood = 'away'
  await expect(scanStream(clamd.url, [EICAR], signal)).rejects.toThrow(ScannerAway)
  expect(await pingScanner(clamd.url, signal)).toBe(false)
  clamd.mood = 'broken'
  await expect(scanStream(clamd.url, [EICAR], signal)).rejects.toThrow(ScannerAway)
  await expect(scanStream('tcp://127.0.0.1:1', [EICAR], signal)).rejects.toThrow(ScannerAway)
  await expect(scanStream('unix:///nowhere/clamd.ctl', [EICAR], signal)).rejects.toThrow(ScannerAway)
  await expect(scanStream(clamd.url, [EICAR], AbortSignal.abort())).rejects.toThrow(ScannerAway)
})

it('answers when it is asked', async () => {
  expect(await pingScanner(url, signal)).toBe(true)
})

it('says which signatures it has', async () => {
  const CLAMD_URL = url
  expect(await askScannerVersion({ CLAMD_URL, SCAN_MAX_MB: 3, RESCAN_DAYS: 1 }, signal)).toMatch(/^ClamAV /)
  expect(await askScannerVersion({ SCAN_MAX_MB: 3, RESCAN_DAYS: 1 }, signal)).toBeNull()
})

it('names no id for a moment that is above one that was made then', () => {
  const at = Date.now()
  const id = uuidV7({ msecs: at })
  expect(firstIdOf(at) <= id).toBe(true)
  expect(firstIdOf(at + 1) > id).toBe(true)
})
