import { test as base } from '@playwright/test'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { connect } from './clients.ts'

/** A sandbox of its own for every test, and the clients of its service principal. */
export const test = base.extend<{ speed: number | undefined; sandbox: Sandbox; clients: ReturnType<typeof connect> }>({
  speed: [undefined, { option: true }],
  sandbox: async ({ speed }, use) => {
    const sandbox = await startSandbox({ speed })
    await use(sandbox)
    await sandbox.stop()
  },
  clients: async ({ sandbox }, use) => use(connect(sandbox.definition)),
})

export { expect } from '@playwright/test'
