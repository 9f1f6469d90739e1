import { serveTasks } from './serve-tasks.ts'

const tasks = {
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
