import 'react'

declare module 'react' {
  // Custom properties that components hand to theme.css.
  interface CSSProperties {
    '--hue'?: number | undefined
    '--columns'?: string | undefined
  }
}
