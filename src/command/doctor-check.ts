/**
 * One thing that a run needs. `missing` stops a run; `warning` does not; `unknown` could not be found out, and why is said.
 */
export interface Check {
  name: string
  status: 'ok' | 'missing' | 'warning' | 'unknown'
  message: string
  remedy?: string
  /** Who is to blame where it is missing: 2 a setting, 3 the surroundings. */
  exitCode?: 2 | 3
}

export const ok = (name: string, message: string): Check => ({ name, status: 'ok', message })
export const unknown = (name: string, message: string): Check => ({ name, status: 'unknown', message })
export const warning = (name: string, message: string, remedy: string): Check => ({
  name,
  status: 'warning',
  message,
  remedy,
})
export const missing = (name: string, message: string, remedy: string, exitCode: 2 | 3 = 3): Check => ({
  name,
  status: 'missing',
  message,
  remedy,
  exitCode,
})
