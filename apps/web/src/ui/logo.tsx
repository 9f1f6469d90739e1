/** The mark: a speech bubble with two lines written. */
export const Logo = ({ className }: { className?: string }) => (
  <svg viewBox="0 0 32 32" aria-hidden className={className}>
    <rect width="32" height="32" rx="8" className="fill-accent" />
    <path
      d="M7.5 11.2c0-1 .8-1.7 1.7-1.7h13.6c1 0 1.7.8 1.7 1.7v8.1c0 1-.8 1.7-1.7 1.7h-7.4l-4.1 3.3c-.4.3-.9 0-.9-.5V21H9.2c-1 0-1.7-.8-1.7-1.7z"
      fill="#fff"
    />
    <path d="M12 13.7h8M12 16.9h4.8" className="stroke-accent" strokeWidth="1.7" strokeLinecap="round" />
  </svg>
)
