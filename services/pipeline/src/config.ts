import { defineConfig, erasureVariables } from '@ai-crm/platform'

export const config = defineConfig({ ...erasureVariables })
