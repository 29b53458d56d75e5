import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import type { LaunchOptions } from '@playwright/test'

const installed = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** Playwright's own Chromium where there is one, else an installed one. Chromium's sandbox does not work for root. */
export function browserOptions(): LaunchOptions {
  const executablePath = existsSync(chromium.executablePath()) ? undefined : installed.find(path => existsSync(path))
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return executablePath ? { executablePath, args } : { args }
}
