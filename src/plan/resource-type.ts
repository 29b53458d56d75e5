import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const labels = z.array(z.string()).min(1)

/** How a form of the portal becomes a resource: one YAML file per type in `resources/`, or named in the configuration. */
export const ResourceType = z.strictObject({
  type: z.string().regex(/^[\w.]+\/[\w/]+$/),
  apiVersion: z.iso.date(),
  /** What articles call such a resource: "the vault that you created". */
  called: labels,
  /** The titles of the pages that hold the form. */
  pages: labels,
  /** The commands that send the form. */
  submit: labels,
  name: z.strictObject({
    setting: labels,
    maxLength: z.int().positive(),
    /** What stands between the article's name and the run's suffix. */
    separator: z.string().default('-'),
  }),
  subscription: labels.optional(),
  resourceGroup: labels.optional(),
  location: labels.optional(),
  /** The settings without which the form can't be sent, by their first label. */
  required: z.array(z.string()).default([]),
  /** What the form sends though no sentence says so. */
  defaults: z.record(z.string(), z.unknown()).default({}),
  settings: z
    .array(z.strictObject({ setting: labels, path: z.string(), values: z.record(z.string(), z.string()).optional() }))
    .default([]),
  /** The command that deletes one, and the labels that confirm it. */
  delete: z.strictObject({ command: labels, confirm: labels }).optional(),
})
export type ResourceType = z.infer<typeof ResourceType>

/**
 * Reads every `*.yaml` of the folders, later folders winning for the same type.
 *
 * @throws Error naming the file and the key where one isn't of the shape above.
 */
export function readResourceTypes(folders: string[]): ResourceType[] {
  const types = new Map<string, ResourceType>()
  for (const folder of folders) {
    for (const file of readdirSync(folder).filter(name => name.endsWith('.yaml'))) {
      const type = readResourceType(join(folder, file))
      types.set(type.type.toLowerCase(), type)
    }
  }
  return [...types.values()]
}

function readResourceType(path: string): ResourceType {
  const parsed = ResourceType.safeParse(readYaml(path))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const key = issue?.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys] : issue?.path
  throw new Error(`${path}: ${key?.join('.') || 'the file'}: ${issue?.message}`)
}

function readYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
