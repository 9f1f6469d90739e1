import { useSyncExternalStore } from 'react'
import type { About } from '../records/about.ts'
import { uploadFile } from './upload-file.ts'

/** A file on its way, on whatever page one is meanwhile. `error`: it did not arrive, and can be tried again. */
export interface RunningUpload {
  readonly id: number
  readonly about: About
  readonly file: File
  readonly sentBytes: number
  readonly error: Error | null
}

let uploads: readonly RunningUpload[] = []
let lastId = 0
const aborts = new Map<number, AbortController>()
const listeners = new Set<() => void>()

function keep(next: readonly RunningUpload[]): void {
  uploads = next
  for (const listener of listeners) listener()
}

const change = (id: number, changes: Partial<RunningUpload>): void => keep(uploads.map((upload) => (upload.id === id ? { ...upload, ...changes } : upload)))

/** Sends the files, one after the other: together they would only wait for each other. `onArrived` after each. */
export async function addUploads(about: About, files: readonly File[], onArrived: () => void): Promise<void> {
  const added = files.map((file): RunningUpload => ({ id: ++lastId, about, file, sentBytes: 0, error: null }))
  keep([...uploads, ...added])
  for (const upload of added) await send(upload, onArrived)
}

export function retryUpload(upload: RunningUpload, onArrived: () => void): void {
  change(upload.id, { error: null, sentBytes: 0 })
  void send(upload, onArrived)
}

/** Stops it, or clears one away that did not arrive. */
export function dropUpload(id: number): void {
  keep(uploads.filter((upload) => upload.id !== id))
  aborts.get(id)?.abort()
}

async function send({ id, about, file }: RunningUpload, onArrived: () => void): Promise<void> {
  // Dropped while another one was being sent.
  if (!uploads.some((upload) => upload.id === id)) return
  const abort = new AbortController()
  aborts.set(id, abort)
  try {
    await uploadFile({ about, file, signal: abort.signal, onProgress: (sentBytes) => change(id, { sentBytes }) })
    keep(uploads.filter((upload) => upload.id !== id))
    onArrived()
  } catch (error) {
    change(id, { error: error instanceof Error ? error : new Error(String(error)) })
  } finally {
    aborts.delete(id)
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useUploads = (): readonly RunningUpload[] => useSyncExternalStore(subscribe, () => uploads)
