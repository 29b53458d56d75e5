import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Runbook, SetUpEntry } from '../plan/runbook.ts'
import { UserError } from './user-error.ts'

interface Surroundings {
  /** The runbook's folder. */
  folder: string
  /** Where a key of the runbook stands, for messages. */
  placeOf(key: readonly PropertyKey[]): string
}

/**
 * The runbook with the files of its set-up's ARM templates, and of their parameters, in the requests that deploy them.
 *
 * @throws UserError for a template of something else than a deployment, and a file that can't be read, or isn't an ARM template or its parameters in JSON.
 */
export function withTemplates(runbook: Runbook, { folder, placeOf }: Surroundings): Runbook {
  const setup = runbook.setup?.map((entry, index): SetUpEntry => {
    const { template, parameters = {}, ...rest } = entry
    if (template === undefined) return entry
    if (entry.type.toLowerCase() !== 'microsoft.resources/deployments')
      throw new UserError(
        `A template is deployed, and '${entry.type}' is no deployment.`,
        'Say `type: Microsoft.Resources/deployments`.',
        { place: placeOf(['setup', index, 'template']) },
      )
    const read = (key: 'template' | 'parameters', name: string) =>
      readJson(resolve(folder, name), { name, place: placeOf(['setup', index, key]) })
    const values = typeof parameters === 'string' ? read('parameters', parameters)['parameters'] : valuesOf(parameters)
    return {
      ...rest,
      properties: { mode: 'Incremental', template: read('template', template), parameters: values ?? {} },
    }
  })
  return setup ? { ...runbook, setup } : runbook
}

/** > | name: web → { name: { value: web } }, as deployments take them */
function valuesOf(parameters: Record<string, unknown>): Record<string, { value: unknown }> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, { value }]))
}

function readJson(path: string, { name, place }: { name: string; place: string }): Record<string, unknown> {
  if (/\.bicep(?:param)?$/i.test(name))
    throw new UserError(`'${name}' is Bicep, and Resource Manager takes JSON.`, `Type: az bicep build --file ${name}`, {
      place,
    })
  let text: string
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw new UserError(
      `The file '${name}' of the set-up can't be read.`,
      'Correct its path, which counts from the runbook.',
      { place, cause: error },
    )
  }
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read as Record<string, unknown>
  } catch (error) {
    throw new UserError(
      `The file '${name}' of the set-up is no JSON: ${error instanceof Error ? error.message : String(error)}.`,
      'Mend it; comments aren’t JSON.',
      { place, cause: error },
    )
  }
  throw new UserError(
    `The file '${name}' of the set-up holds no JSON object.`,
    'Name an ARM template, or the file of its parameters.',
    { place },
  )
}
