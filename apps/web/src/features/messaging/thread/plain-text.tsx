import { splitLinks } from './split-links.ts'

/** Text as it was typed, with its web addresses as links. */
export function PlainText({ text }: { text: string }) {
  return (
    <p className="max-w-[75ch] text-base break-words whitespace-pre-wrap">
      {splitLinks(text).map((part, index) =>
        part.isLink ? (
          <a
            key={index}
            href={part.text}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="text-accent-text underline decoration-line-strong underline-offset-2 hover:decoration-current"
          >
            {part.text}
          </a>
        ) : (
          part.text
        ),
      )}
    </p>
  )
}
