import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { LineCounter, parseDocument } from 'yaml'
import * as z from 'zod'
import { Allowed } from '../cloud/definition.ts'
import { costs } from '../plan/resource-type.ts'
import { findConfiguration } from './find-configuration.ts'
import { UserError } from './user-error.ts'

const severity = z.enum(['error', 'warning', 'info', 'off'])

/** The project's own settings. Paths count from the configuration's folder; options of the command line go before. */
export const Configuration = z.strictObject({
  cloud: z.string().optional().describe('The cloud of `verbatim run`: a name or the path of a definition.'),
  surfaces: z
    .array(z.enum(['portal', 'arm', 'shell']))
    .min(1)
    .optional()
    .describe('Where articles are run.'),
  browser: z.string().optional().describe('chromium, chrome, msedge, or the path of an executable.'),
  docsRoot: z.string().optional().describe('Includes are read inside this folder only.'),
  resources: z.array(z.string()).optional().describe('Folders with YAML files for more resource types.'),
  workers: z.int().positive().optional().describe('How many articles run at once. Default 2.'),
  names: z.enum(['own', 'literal']).optional().describe("The run's own names, or the article's."),
  reporters: z.array(z.string()).optional().describe('What is printed and written.'),
  failOn: z.enum(['blocking', 'misleading', 'cosmetic']).optional().describe('The drift from which on a run fails.'),
  allow: Allowed.optional().describe('What a run may use: tenants, subscriptions, regions. Default: anything.'),
  maxCost: z
    .enum(costs)
    .optional()
    .describe('The highest cost class of what a run may make. Default medium on a real cloud.'),
  window: z
    .strictObject({ width: z.int().min(1280), height: z.int().min(720) })
    .optional()
    .describe('The browser window in CSS pixels. Default 1600 by 1200.'),
  history: z
    .string()
    .optional()
    .describe('The folder of the history. Default reports/history of the working directory.'),
  keep: z.int().positive().optional().describe('How many days the history reaches back. Default: all.'),
  codeOwners: z.string().optional().describe('The CODEOWNERS file, if it is not where GitHub looks for it.'),
  rules: z.record(z.string(), severity).optional().describe('Severities of the rules of `verbatim check`.'),
})
export type Configuration = z.infer<typeof Configuration>

export interface ReadConfiguration {
  configuration: Configuration
  /** The folder that its paths count from. */
  folder: string
}

/**
 * The configuration that is in force in a folder: the nearest one upwards, as far as the git repository reaches.
 *
 * @throws UserError where it can't be read, holds an unknown key or a wrong value.
 */
export async function readConfiguration(cwd: string, wanted?: string): Promise<ReadConfiguration> {
  if (wanted !== undefined && !existsSync(wanted))
    throw new UserError(
      `There is no configuration '${wanted}'.`,
      'Name an existing file with --config, or leave it out.',
    )
  const path = wanted ?? findConfiguration(cwd)
  if (path === undefined) return { configuration: {}, folder: cwd }
  const shown = relative(cwd, path) || path
  const { value, placeOf } =
    path.endsWith('.ts') || path.endsWith('.mjs') ? await importConfiguration(path, shown) : readYaml(path, shown)
  const parsed = Configuration.safeParse(value ?? {})
  if (parsed.success) return { configuration: parsed.data, folder: dirname(path) }
  const [issue] = parsed.error.issues
  const key = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.')
  throw new UserError(
    issue?.code === 'unrecognized_keys'
      ? `Unknown key '${key}' in the configuration.`
      : `Wrong value for '${key}' in the configuration: ${issue?.message}.`,
    `Use one of ${Object.keys(Configuration.shape).join(', ')}; docs/configuration.md explains each.`,
    { place: placeOf(String(key ?? '').split('.')) ?? shown },
  )
}

interface Value {
  value: unknown
  placeOf(path: readonly string[]): string | undefined
}

async function importConfiguration(path: string, shown: string): Promise<Value> {
  try {
    const module = path.endsWith('.ts')
      ? await importTypeScript(path)
      : ((await import(pathToFileURL(path).href)) as { default?: unknown })
    return { value: module.default, placeOf: () => undefined }
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(
      `The configuration can't be loaded: ${error instanceof Error ? error.message : String(error)}`,
      'It must be a module that exports an object by default.',
      { place: shown, cause: error },
    )
  }
}

/** jiti is loaded only for this, and only if the user's project has it. */
async function importTypeScript(path: string): Promise<{ default?: unknown }> {
  const require = createRequire(path)
  let jiti: { createJiti(from: string): { import(path: string): Promise<unknown> } }
  try {
    jiti = (await import(pathToFileURL(require.resolve('jiti')).href)) as typeof jiti
  } catch (error) {
    throw new UserError(
      'A configuration in TypeScript needs the package jiti.',
      'Install it (npm i -D jiti), or write verbatim.config.mjs or verbatim.config.yaml.',
      { place: path, cause: error },
    )
  }
  return (await jiti.createJiti(path).import(path)) as { default?: unknown }
}

function readYaml(path: string, shown: string): Value {
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${shown}:${line}:${col}`
  }
  const [broken] = document.errors
  if (broken) throw new UserError(`Broken YAML: ${broken.message}`, 'Mend the YAML.', { place: at(broken.pos[0]) })
  return {
    value: document.toJS(),
    placeOf(path) {
      const contents = document.contents as {
        items?: { key?: { value?: unknown; range?: [number, number, number] } }[]
      } | null
      const range = contents?.items?.find(item => item.key?.value === path[0])?.key?.range
      return range && at(range[0])
    },
  }
}
