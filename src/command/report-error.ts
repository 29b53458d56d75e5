import { CloudError } from '../cloud/cloud-error.ts'
import type { Environment } from './environment.ts'
import { UserError } from './user-error.ts'

/** Tells an error in one message: problem, place, remedy. A stack only for a fault of Verbatim's own. @returns the exit code. */
export function reportError(error: unknown, { stderr }: Pick<Environment, 'stderr'>): number {
  if (error instanceof UserError) {
    stderr.write(`${error.place === undefined ? '' : `${error.place}: `}${error.message}\n${error.remedy}\n`)
    return error.exitCode
  }
  if (error instanceof CloudError) {
    stderr.write(`${error.message}\n${error.remedy}\n`)
    return 2
  }
  if (error instanceof Error && (error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    stderr.write(
      `The port ${(error as Error & { port?: number }).port ?? ''} is in use.\nChoose another with --port, or leave --port out to take free ones.\n`,
    )
    return 2
  }
  stderr.write(
    `Verbatim itself failed, please report this:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  return 3
}
