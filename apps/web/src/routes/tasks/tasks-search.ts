import { TaskSearch } from '@ai-crm/contracts'
import { z } from 'zod'

/** Whose, whether done, and which one is open live in the address: the link in a reminder leads here. */
export const TasksSearch = z.object({
  state: TaskSearch.shape.state.unwrap().optional().catch(undefined),
  assignee: z.enum(['all', 'teams', 'nobody']).optional().catch(undefined),
  open: z.uuid().optional().catch(undefined),
})
export type TasksSearch = z.infer<typeof TasksSearch>

/** Without a word: mine. */
export const assigneeOf = (assignee: TasksSearch['assignee']): 'mine' | 'teams' | 'nobody' | undefined =>
  assignee === undefined ? 'mine' : assignee === 'all' ? undefined : assignee
