/** Where exporting stands on its page: other places lead here. */
export const EXPORT_ANCHOR = 'export'
