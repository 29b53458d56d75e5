import { createRequire } from 'node:module'
import type { StartOrder } from './prepared-engine.ts'

/**
 * A process of its own: loads Playwright, which takes most of a second, while the command that started it still reads what
 * to run, and then becomes Playwright's command line. Its one argument is the path of that; the order comes by message.
 */
const [, , commandLine = ''] = process.argv
const load = createRequire(commandLine)
const leave = () => process.exit()
process.once('disconnect', leave)
process.once('message', ({ args, env }: StartOrder) => {
  // From here on Playwright's own reporter sees to it that nothing outlives the command.
  process.off('disconnect', leave)
  process.argv = [process.execPath, commandLine, ...args]
  Object.assign(process.env, env)
  load(commandLine)
})
try {
  // What the command line itself loads first. Where it has moved to, nothing is lost but the time.
  load('playwright/lib/program')
} catch {
  // It is loaded when it is started.
}
