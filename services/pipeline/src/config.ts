import { defineConfig } from '@ai-crm/platform'

export const config = defineConfig({})
