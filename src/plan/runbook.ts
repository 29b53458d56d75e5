import { LineCounter, isMap, isNode, isScalar, parseDocument, type Document } from 'yaml'
import * as z from 'zod'
import type { Point } from '../article/article.ts'

const label = z.string().min(1)

const answer = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.strictObject({ env: z.string(), secret: z.boolean().optional() }),
  z.strictObject({ generate: z.enum(['name', 'password', 'ssh-key']) }),
])
export type Answer = z.infer<typeof answer>

/** Names a step: `Create a vault #3` (heading and number as a reader counts), or its fingerprint from `verbatim plan`. */
const stepName = z.string().min(1)

const setUpEntry = z.looseObject({
  type: label,
  name: label,
  resourceGroup: label.optional(),
  location: label.optional(),
  apiVersion: z.string().optional(),
  /** Where it isn't simply in its group; `{subscription}` is filled in. */
  id: label.optional(),
  /** Of a deployment: the file of its ARM template, from the runbook. */
  template: label.optional(),
  /** Of a deployment: values by name, or the file of its parameters. Of others it goes into the request. */
  parameters: z.union([label, z.record(z.string(), z.unknown())]).optional(),
})
/** A resource that set-up puts in place; what isn't named here goes into the request as it is: properties, sku, kind, tags, ... */
export type SetUpEntry = z.infer<typeof setUpEntry>

/** What makes a prerequisite true: an article or runbook, an entry of `setup` by its name, or a reason for which it is. */
const way = z.union([label, z.strictObject({ setup: label }), z.strictObject({ because: label })])

/**
 * Optional YAML beside or around an article: what a reader would decide, and what the run should know.
 * Times are in seconds.
 */
export const Runbook = z.strictObject({
  article: label.optional().describe('Path of the article, from the runbook. Default: the file beside it.'),
  owner: label.optional().describe('Who hears of failures. Default: ms.author of the front matter.'),
  surfaces: z
    .array(z.enum(['portal', 'arm', 'shell']))
    .min(1)
    .optional()
    .describe('Where to run it when --surface names none.'),
  shell: z.boolean().optional().describe('Allow fenced shell code to be run.'),
  variant: z.array(label).optional().describe('The tabs or pivots to follow, by label or id.'),
  answers: z
    .record(z.string(), answer)
    .optional()
    .describe('What the reader supplies: field label or phrase -> value.'),
  parameters: z
    .record(z.string(), answer)
    .optional()
    .describe('Values to use in place of the article’s own: field label -> value. Told in the result.'),
  needs: z
    .union([z.literal('linked'), z.array(label).min(1)])
    .optional()
    .describe(
      'Articles to carry out before this one, their clean-up left out; `linked`: those that Prerequisites links to.',
    ),
  shareNeeds: z
    .boolean()
    .optional()
    .describe('Whether articles that need the same one share what it makes in a run (default: true).'),
  setup: z
    .array(setUpEntry)
    .min(1)
    .optional()
    .describe('Resources to put in place through Resource Manager before the first step.'),
  prerequisites: z
    .record(z.string(), way)
    .optional()
    .describe(
      'What makes a sentence of the Prerequisites section true: an article, `{ setup: name }`, or `{ because: reason }`.',
    ),
  expect: z
    .array(
      z.strictObject({
        after: stepName,
        type: label,
        name: label,
        resourceGroup: label.optional(),
        properties: z.record(z.string(), z.string()).optional(),
      }),
    )
    .optional()
    .describe('Resources that must be there after a step, beside what the article says.'),
  skip: z
    .array(z.strictObject({ step: stepName, reason: label }))
    .optional()
    .describe('Steps that are left out, each with its reason.'),
  names: z.enum(['own', 'literal']).optional().describe("Use the run's own names (default), or the article's."),
  limits: z
    .strictObject({
      action: z.number().positive().optional(),
      step: z.number().positive().optional(),
      article: z.number().positive().optional(),
    })
    .optional()
    .describe('Time limits in seconds.'),
})
export type Runbook = z.infer<typeof Runbook>

/** A runbook that was read, with what is wrong in it at line and column. */
export interface RunbookReading {
  runbook: Runbook
  problems: { message: string; remedy: string; point: Point }[]
  /** Where a key stands, for messages that come up later: `['skip', 0, 'step']`. */
  placeOf(path: readonly PropertyKey[]): Point
}

/** Reads a runbook's text. Wrong YAML, unknown keys and wrong values are problems at their place, not exceptions. */
export function readRunbook(text: string): RunbookReading {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number): Point => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col), offset }
  }
  const placeOf = (path: readonly PropertyKey[]) => at(offsetOf(document, path))
  const problems = document.errors.map(error => ({
    message: `Broken YAML: ${error.message}`,
    remedy: 'Mend the YAML; docs/runbook.md shows every key.',
    point: at(error.pos[0]),
  }))
  if (problems.length > 0) return { runbook: {}, problems, placeOf }

  const parsed = Runbook.safeParse(document.toJS() ?? {})
  if (parsed.success) return { runbook: parsed.data, problems, placeOf }
  return { runbook: {}, problems: parsed.error.issues.flatMap(issue => problemsOf(issue, placeOf)), placeOf }
}

function problemsOf(issue: z.core.$ZodIssue, placeOf: RunbookReading['placeOf']): RunbookReading['problems'] {
  if (issue.code === 'unrecognized_keys') {
    const known =
      issue.path.length === 0 ? Object.keys(Runbook.shape).join(', ') : 'the keys that docs/runbook.md lists'
    return issue.keys.map(key => ({
      message: `Unknown key '${key}'.`,
      remedy: `Use one of ${known}.`,
      point: placeOf([...issue.path, key]),
    }))
  }
  return [
    {
      message: `Wrong value for '${issue.path.join('.') || 'the runbook'}': ${issue.message}.`,
      remedy: 'docs/runbook.md shows every key with an example.',
      point: placeOf(issue.path),
    },
  ]
}

/** The offset of a key (of a map) or an item (of a sequence), or of the nearest thing around it. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true) ?? document.contents
    const key = path[length - 1]
    if (isMap(parent)) {
      const pair = parent.items.find(item => isScalar(item.key) && item.key.value === key)
      if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0]
    }
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}
