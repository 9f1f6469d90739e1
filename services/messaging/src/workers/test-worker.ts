import { serveTasks } from './serve-tasks.ts'

let made = new Uint8Array()

const tasks = {
  makeBytes(size: number): { file: { content: Uint8Array }[] } {
    made = new Uint8Array(size).fill(7)
    return { file: [{ content: made }] }
  },
  /** What is left here of the bytes that were made. */
  bytesLeft: (_: null): number => made.byteLength,
  double: (value: number): number => 2 * value,
  block(ms: number): void {
    for (const end = Date.now() + ms; Date.now() < end;);
  },
  fail(message: string): void {
    throw new Error(message)
  },
  hoard(_size: number): number {
    const hoard: number[][] = []
    for (;;) hoard.push(Array.from({ length: 100_000 }, Math.random))
  },
}
export type TestTasks = typeof tasks

serveTasks(tasks)
