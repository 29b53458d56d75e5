import { spawn } from 'node:child_process'

/** Opens a file or an address in the browser of whoever runs the command; does nothing where there is none. */
export function openInBrowser(target: string, env: NodeJS.ProcessEnv): void {
  const [command, ...args] = openers[process.platform] ?? ['xdg-open']
  if (command === undefined) return
  const child = spawn(command, [...args, target], { detached: true, stdio: 'ignore', env })
  child.once('error', () => undefined)
  child.unref()
}

const openers: Partial<Record<NodeJS.Platform, string[]>> = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }
