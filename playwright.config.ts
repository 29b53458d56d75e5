import { defineConfig } from '@playwright/test'
import { browserOptions } from './test/sandbox/browser.ts'

export default defineConfig({
  testDir: 'test',
  testMatch: '**/*.test.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 120_000,
  forbidOnly: Boolean(process.env.CI),
  outputDir: 'test-results',
  reporter: [['list'], ['./test/summary-reporter.ts']],
  build: { external: ['**/dist/**'] },
  use: { launchOptions: browserOptions() },
})
