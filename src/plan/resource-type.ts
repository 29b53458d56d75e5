import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'

/** What a resource costs while a run keeps it, least first: nothing; cents; some dollars an hour; more. */
export const costs = ['free', 'low', 'medium', 'high'] as const
export type Cost = (typeof costs)[number]

const labels = z.array(z.string()).min(1)

/**
 * A field of a form, and what it becomes. In templates (`becomes`, `otherwise`, names and bodies of `with`) `{name}` is the
 * resource's name, `{group}` the id of its resource group, `{here.id}` that of the resource whose page is open, `{sshKey}` a
 * public key made for the run, `{value}` the field's own value, `{Some field}` another field's,
 * `{Some field.id}` and `{Some field.group}` the id and the group of the resource that it refers to, and `{last}` the name
 * of the resource of that type that the article made last.
 */
const setting = z.strictObject({
  setting: labels,
  /** Where in the request: dots between keys, a number for a place in a list. Absent: the form has it, the request doesn't. */
  path: z.string().optional(),
  /** Which of `with` has it in its request. Default: the resource itself. */
  of: z.string().optional(),
  /** Where it is read back, if not at `path`: `name=x` takes the one of that name from a list, ` > ` follows the id that stands there. */
  read: z.string().optional(),
  /** Option -> what Resource Manager says for it; null for what is not there then. */
  values: z.record(z.string(), z.json()).optional(),
  /** No other option than those of `values`, or than what `take` recognises, is offered. */
  only: z.boolean().optional(),
  /** A regular expression whose first group is what of the option counts: `^(\S+)`. */
  take: z.string().optional(),
  becomes: z.string().optional(),
  /** The type of the resource that is named. */
  refers: z.string().optional(),
  /** What the form holds where the article says nothing. */
  otherwise: z.string().optional(),
  /** Field -> a regular expression that what it holds matches: otherwise the form doesn't show this one. */
  when: z.record(z.string(), z.string()).optional(),
})
export type SettingType = z.infer<typeof setting>

/** What the form makes beside its resource, before it. */
const companion = z.strictObject({
  id: z.string(),
  type: z.string(),
  apiVersion: z.iso.date(),
  name: z.string(),
  /** Field -> a regular expression that its value matches: otherwise it isn't made. */
  when: z.record(z.string(), z.string()).optional(),
  body: z.record(z.string(), z.json()),
})
export type CompanionType = z.infer<typeof companion>

/** Something of which the form takes several in a pane of its own, such as the subnets of a network. */
const part = z.strictObject({
  /** The commands that open the pane, and the panes' titles. */
  opens: labels,
  pages: labels,
  /** The commands that take away the one that is there from the start. */
  removes: labels.optional(),
  path: z.string(),
  fields: z.array(z.strictObject({ setting: labels, take: z.string().optional() })).min(1),
  /** What one becomes, in several ways: the first all of whose `{Some field}`s were entered. */
  item: z.array(z.record(z.string(), z.json())).min(1),
  /** The field that names one, so that it is found when it is read back. */
  name: z.string(),
})
export type PartType = z.infer<typeof part>

/** How a form of the portal becomes a resource: one YAML file per type in `resources/`, or named in the configuration. */
export const ResourceType = z.strictObject({
  type: z.string().regex(/^[\w.]+\/[\w/]+$/),
  /** Default: the newest one that the resource provider knows and that is no preview. */
  apiVersion: z.iso.date().optional(),
  /** The class of what it costs, by which a run can be limited. Default: medium. */
  cost: z.enum(costs).optional(),
  /** What articles call such a resource: "the vault that you created". */
  called: labels,
  /** The titles of the pages that hold the form. */
  pages: labels,
  /** The titles of the lists that it is opened from, and the commands that open it there. */
  lists: labels.optional(),
  opens: labels.default(['Create', 'Add', 'New']),
  /** The commands that send the form. */
  submit: labels,
  name: z.strictObject({
    setting: z.array(z.string()),
    maxLength: z.int().positive(),
    /** What stands between the article's name and the run's suffix. */
    separator: z.string().default('-'),
    /** The name where no field holds it. */
    is: z.string().optional(),
    /** A regular expression for the names that the form accepts: for those of which it makes other names before it is sent. */
    pattern: z.string().optional(),
  }),
  /** A template for the resource's id, where it isn't simply in its resource group. */
  id: z.string().optional(),
  subscription: labels.optional(),
  resourceGroup: labels.optional(),
  location: labels.optional(),
  /** The settings without which the form can't be sent, by their first label. */
  required: z.array(z.string()).default([]),
  /** What the form sends though no sentence says so. */
  defaults: z.record(z.string(), z.json()).default({}),
  settings: z.array(setting).default([]),
  with: z.array(companion).default([]),
  parts: z.array(part).default([]),
  /** The command that deletes one, and the labels that confirm it. */
  delete: z
    .strictObject({
      command: labels,
      confirm: labels.optional(),
      /** The page that has the command: it stands beside the name of what it deletes. */
      page: labels.optional(),
      /** An option without which nothing is deleted. */
      option: labels.optional(),
    })
    .optional(),
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
