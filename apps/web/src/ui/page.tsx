import type { ReactNode } from 'react'

/** Header of a page: title left, its actions right. */
export function PageHeader({ title, count, children }: { title: string; count?: ReactNode; children?: ReactNode }) {
  return (
    <header className="flex h-13 shrink-0 items-center gap-3 border-b border-line px-4 md:px-5">
      <h1 className="truncate text-base font-semibold">{title}</h1>
      {count}
      <div className="ml-auto flex items-center gap-2">{children}</div>
    </header>
  )
}

/** A titled part of a settings page. Other places lead to its `anchor`, which takes the focus. */
export function Section({ title, text, anchor, children }: { title: string; text?: string; anchor?: string; children: ReactNode }) {
  return (
    <section
      id={anchor}
      tabIndex={anchor === undefined ? undefined : -1}
      className="flex flex-col gap-4 border-b border-line py-6 first:pt-0 last:border-0 scroll-mt-2 outline-none"
    >
      <div className="flex flex-col gap-1">
        <h2 className="text-base font-semibold">{title}</h2>
        {text && <p className="max-w-prose text-muted text-pretty">{text}</p>}
      </div>
      {children}
    </section>
  )
}

/** Title of a settings page, with the sentence that says what it is for. */
export const PageTitle = ({ title, text }: { title: string; text: string }) => (
  <div className="mb-6 flex flex-col gap-1">
    <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
    <p className="max-w-prose text-muted text-pretty">{text}</p>
  </div>
)

/** A bordered group of things on a settings page. */
export const Card = ({ children }: { children: ReactNode }) => <div className="flex flex-col gap-4 rounded-xl border border-line p-4 md:p-5">{children}</div>
