import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where a service for development answers; `vite` passes the API on to it. */
const service = process.env.ROLLCALL_URL ?? 'http://127.0.0.1:8420'

// A build is for production, whatever started it: under a test runner's NODE_ENV React would be its slow development build.
export default defineConfig(({ command }) => {
  if (command === 'build') process.env.NODE_ENV = 'production'
  return {
    plugins: [react()],
    resolve: {
      alias: [
        {
          // Atlaskit asks a hosted experiment service about every component; ours answers "no" and contacts nobody.
          find: /^@atlaskit\/(feature-gate-js-client|platform-feature-flags)(\/.*)?$/,
          replacement: fileURLToPath(new URL('./src/feature-gates.ts', import.meta.url)),
        },
      ],
    },
    build: {
      target: 'es2022',
      // Every browser that Atlassian supports preloads modules itself.
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1200,
      assetsInlineLimit: 0,
    },
    server: { proxy: { '/api': service } },
  }
})
