import { ConversationSearch } from '@ai-crm/contracts'
import type { z } from 'zod'

export const Folder = ConversationSearch.shape.folder.unwrap()
export type Folder = z.infer<typeof Folder>

/** In the order of the rail. */
export const FOLDERS: readonly Folder[] = ['open', 'mine', 'unassigned', 'snoozed', 'closed', 'all']

export const folderOr = (text: string, fallback: Folder): Folder => FOLDERS.find((folder) => folder === text) ?? fallback
