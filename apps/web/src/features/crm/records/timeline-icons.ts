import {
  ArrowRight,
  Ban,
  Building2,
  Check,
  CircleCheckBig,
  CircleHelp,
  Clock,
  FilePenLine,
  Hand,
  Handshake,
  Link2,
  ListTodo,
  Mail,
  Merge,
  MessageSquare,
  Send,
  Sparkles,
  Split,
  SquarePen,
  StickyNote,
  ThumbsDown,
  ThumbsUp,
  Trash2,
  TriangleAlert,
  Undo2,
  UserRoundPlus,
  type LucideIcon,
} from 'lucide-react'

const icons = {
  'contact.created': UserRoundPlus,
  'contact.updated': SquarePen,
  'contact.deleted': Trash2,
  'contact.merged': Merge,
  'contact.unmerged': Split,
  'contact.restored': Undo2,
  'company.created': Building2,
  'company.updated': SquarePen,
  'company.deleted': Trash2,
  'company.merged': Merge,
  'company.unmerged': Split,
  'company.restored': Undo2,
  'deal.created': Handshake,
  'deal.updated': SquarePen,
  'deal.stage.changed': ArrowRight,
  'deal.deleted': Trash2,
  'deal.restored': Undo2,
  'note.created': StickyNote,
  'task.created': ListTodo,
  'task.completed': CircleCheckBig,
  'conversation.opened': MessageSquare,
  'conversation.linked': Link2,
  'conversation.updated': Check,
  'message.received': Mail,
  'message.queued': Clock,
  'message.sent': Send,
  'message.failed': TriangleAlert,
  'message.unconfirmed': CircleHelp,
  'message.held': Hand,
  'message.cancelled': Ban,
  'ai.draft.generated': Sparkles,
  'ai.draft.approved': ThumbsUp,
  'ai.draft.rejected': ThumbsDown,
  'ai.draft.outdated': FilePenLine,
  'ai.draft.failed': TriangleAlert,
} satisfies Record<string, LucideIcon>

export type KnownEvent = keyof typeof icons

/** Whether we have words and a picture for an event; a newer service may tell more than we know. */
export const isKnownEvent = (type: string): type is KnownEvent => type in icons

export const timelineIcon = (type: string): LucideIcon => (isKnownEvent(type) ? icons[type] : MessageSquare)

/** The drafter does these whoever caused them: the event's actor is the customer whose message asked for a draft. */
export const writtenByAi = (type: string): boolean => type === 'ai.draft.generated' || type === 'ai.draft.outdated' || type === 'ai.draft.failed'
