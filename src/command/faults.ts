import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'
import type { Fault } from '../sandbox/fault.ts'
import { Faults } from '../sandbox/fault-schema.ts'
import { UserError } from './user-error.ts'

/**
 * What goes wrong on purpose in a sandbox, from a YAML file with a list of faults.
 *
 * @throws UserError for a file that isn't there, isn't YAML, or says what no fault is.
 */
export function readFaults(path: string, cwd: string): Fault[] {
  const file = resolve(cwd, path)
  if (!existsSync(file))
    throw new UserError(`There is no file of faults '${path}'.`, 'Name a YAML file with a list of faults.')
  const remedy = 'docs/sandbox.md says what faults there are.'
  try {
    const read = Faults.safeParse(parse(readFileSync(file, 'utf8')))
    if (read.success) return read.data
    throw new UserError(`The faults can't be read: ${z.prettifyError(read.error)}`, remedy, { place: path })
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`It is no YAML: ${error instanceof Error ? error.message : String(error)}`, remedy, {
      place: path,
    })
  }
}
