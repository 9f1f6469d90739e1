import { File, FileArchive, FileSpreadsheet, FileText, Image, Music, Video, type LucideIcon } from 'lucide-react'

const ICONS: readonly (readonly [type: RegExp, icon: LucideIcon])[] = [
  [/^image\//, Image],
  [/^audio\//, Music],
  [/^video\//, Video],
  [/zip|compressed|x-tar|x-7z|gzip|rar/, FileArchive],
  [/spreadsheet|excel|csv/, FileSpreadsheet],
  [/^text\/|pdf|word|document|rtf|presentation/, FileText],
]

/** What a file of this media type looks like. */
export const iconOf = (contentType: string): LucideIcon => ICONS.find(([type]) => type.test(contentType))?.[1] ?? File
