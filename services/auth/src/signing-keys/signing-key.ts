/**
 * States of a signing key: published → signing → retired (still published) → gone.
 * A key is published PUBLISH_AHEAD before it signs, so that verifiers know it; and KEEP_AFTER its successor took over, so
 * that the last token that it signed can be verified to its end.
 */
export const SIGNS_FOR = '30 days'
export const PUBLISH_AHEAD = '1 hour'
export const KEEP_AFTER = '1 day'
