import { sanitizeMailHtml } from '../html-view/sanitize-mail-html.ts'
import { parseHead } from '../mail-parsing/parse-head.ts'
import { parseMail } from '../mail-parsing/parse-mail.ts'
import { serveTasks } from './serve-tasks.ts'

const tasks = { parseMail, parseHead, sanitizeMailHtml }
export type MailTasks = typeof tasks

serveTasks(tasks)
