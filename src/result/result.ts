import * as z from 'zod'

const point = z.object({ line: z.int(), column: z.int(), offset: z.int() })

/** Where something stands in an article or an included file; see `article/article.ts`. */
const place = z.object({ path: z.string(), start: point, end: point })

/** Why a step did not pass: the article, the service, the surroundings, the driver or the clean-up is at fault. */
export const Verdict = z.enum(['doc', 'product', 'environment', 'driver', 'cleanup'])
export type Verdict = z.infer<typeof Verdict>

/** How much a difference between article and product matters to a reader, worst first. */
export const Drift = z.enum(['blocking', 'misleading', 'cosmetic'])
export type Drift = z.infer<typeof Drift>

/**
 * `assumed` is an instruction that a surface only followed on paper: it is never green.
 * `skipped` is left out by name, with a reason.
 */
export const Status = z.enum(['passed', 'drifted', 'failed', 'skipped', 'assumed', 'not-run'])
export type Status = z.infer<typeof Status>

/** What went wrong: problem, place and remedy, in words for the article's owner. */
export const Problem = z.object({
  /** A name that can be searched for: `control-not-found`, `value-not-offered`, `resource-differs`, ... */
  rule: z.string(),
  message: z.string(),
  /** What the article says, verbatim. */
  said: z.string().optional(),
  /** What was on screen, or in the cloud, instead; best candidates first. */
  found: z.array(z.string()).optional(),
  remedy: z.string().optional(),
  place,
  /** The cause's own words, for the log: a stack, an ARM error body. Masked. */
  detail: z.string().optional(),
})
export type Problem = z.infer<typeof Problem>

/** A replacement of a span of the article that would make it true. */
export const Suggestion = z.object({ place, before: z.string(), after: z.string(), reason: z.string() })
export type Suggestion = z.infer<typeof Suggestion>

/** A normalisation, synonym or fallback that helped: recorded, because helpfulness must not hide drift. */
export const Remark = z.object({
  drift: Drift.optional(),
  rule: z.string(),
  message: z.string(),
  found: z.string().optional(),
  /** Where its words stand, if not at the action's. */
  place: place.optional(),
  suggestion: Suggestion.optional(),
})
export type Remark = z.infer<typeof Remark>

/** A rectangle in CSS pixels of the screenshot. */
const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })

/** A picture under the output folder. `box` outlines the element that was used. */
export const Picture = z.object({ path: z.string(), width: z.number(), height: z.number(), box: box.optional() })
export type Picture = z.infer<typeof Picture>

export const ActionResult = z.object({
  do: z.string(),
  target: z.string().optional(),
  /** Masked where it is a secret. */
  value: z.string().optional(),
  where: z.array(z.string()),
  place,
  status: Status,
  remarks: z.array(Remark),
  /** Milliseconds. */
  duration: z.number(),
  /** What the driver saw happen: the effect that proves the action. */
  effect: z.string().optional(),
  reason: z.string().optional(),
})
export type ActionResult = z.infer<typeof ActionResult>

export const StepResult = z.object({
  /** Stable fingerprint of the step: survives moved lines, not changed words. */
  id: z.string(),
  number: z.string(),
  procedure: z.string(),
  /** The step's text as the article says it. */
  title: z.string(),
  place,
  status: Status,
  verdict: Verdict.optional(),
  drift: Drift.optional(),
  startedAt: z.string().optional(),
  /** Milliseconds. */
  duration: z.number(),
  timedOut: z.boolean(),
  /** Why it was skipped, assumed or not run. */
  reason: z.string().optional(),
  actions: z.array(ActionResult),
  error: Problem.optional(),
  suggestion: Suggestion.optional(),
  screenshot: Picture.optional(),
  /** The article's own images of this step, as it names them: they count from the folder of the file that holds them. */
  images: z
    .array(
      z.object({
        source: z.string(),
        alt: z.string(),
        place,
        /** Compared with what was on screen in this step. `refreshed`: the file was written anew. */
        comparison: z
          .object({
            status: z.enum(['current', 'stale', 'missing', 'refreshed', 'not-compared']),
            /** How much of what it shows people would see to differ, 0 to 1. */
            difference: z.number().optional(),
            reason: z.string().optional(),
          })
          .optional(),
      }),
    )
    .optional(),
  /** What a shell step printed, masked and cut. */
  output: z.string().optional(),
})
export type StepResult = z.infer<typeof StepResult>

/** A resource that the article's form describes, compared with what Resource Manager says. */
export const ResourceResult = z.object({
  type: z.string(),
  name: z.string(),
  id: z.string(),
  status: z.enum(['as-described', 'differs', 'missing', 'deleted', 'still-there']),
  differences: z.array(z.object({ setting: z.string(), said: z.string(), found: z.string(), place })),
  /** The resource as Resource Manager told it when it was read back, without secrets. */
  snapshot: z.record(z.string(), z.json()).optional(),
  place,
})
export type ResourceResult = z.infer<typeof ResourceResult>

/** One request to Resource Manager or the shell's cloud, without secrets. */
export const RequestResult = z.object({
  at: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.int().optional(),
  /** Milliseconds. */
  duration: z.number(),
  /** The step's id, where one was running. */
  step: z.string().optional(),
  correlation: z.string().optional(),
  /** `read-back`, `action` or `cleanup`. */
  purpose: z.string(),
})
export type RequestResult = z.infer<typeof RequestResult>

export const ArticleResult = z.object({
  /** Unique in the run: article, surface and variant. */
  id: z.string(),
  path: z.string(),
  title: z.string(),
  /** SHA-256 of the article's text; `sources` holds the text. */
  hash: z.string(),
  owner: z.string().optional(),
  service: z.string().optional(),
  surface: z.enum(['portal', 'arm', 'shell']),
  variant: z.array(z.string()),
  status: z.enum(['passed', 'drifted', 'failed', 'refused', 'skipped', 'not-run']),
  verdict: Verdict.optional(),
  drift: Drift.optional(),
  startedAt: z.string().optional(),
  /** Milliseconds. */
  duration: z.number(),
  steps: z.array(StepResult),
  /** Why it was not started (exit code 2). */
  refusals: z.array(Problem),
  resources: z.array(ResourceResult),
  requests: z.array(RequestResult),
  /** The article's names and the run's own names for them. */
  names: z.record(z.string(), z.string()),
  /** Files under the output folder. */
  trace: z.string().optional(),
  video: z.string().optional(),
})
export type ArticleResult = z.infer<typeof ArticleResult>

export const CleanupItem = z.object({
  article: z.string(),
  type: z.string(),
  id: z.string(),
  /** `deleted` by Verbatim, `gone` because the article's own steps deleted it, `left` when it is still there. */
  status: z.enum(['deleted', 'gone', 'never-appeared', 'left', 'kept']),
  message: z.string().optional(),
  /** Milliseconds. */
  duration: z.number(),
})
export type CleanupItem = z.infer<typeof CleanupItem>

/**
 * Why the resource of one surface has another value than that of the other: the article names the setting (`named`); the
 * form has a default that the request lacks, or that is another one there (`default`); the form's request has it, and no
 * resource type's file speaks of it (`form`); the service made it up (`service`).
 */
export const DifferenceCause = z.enum(['named', 'default', 'form', 'service'])
export type DifferenceCause = z.infer<typeof DifferenceCause>

/** What an article made on two surfaces, compared property by property. Names are the article's, not the run's own. */
export const Comparison = z.object({
  /** The ids of the two article results. */
  articles: z.tuple([z.string(), z.string()]),
  surfaces: z.tuple([z.string(), z.string()]),
  type: z.string(),
  name: z.string(),
  /** `explained`: they differ, but in nothing that the article names. */
  status: z.enum(['equal', 'explained', 'differs']),
  /** How many properties both have with the same value. */
  equal: z.int(),
  differences: z.array(
    z.object({
      path: z.string(),
      /** The form's label for it, where it is known. */
      setting: z.string().optional(),
      /** By surface, in the order of `surfaces`; absent where that resource doesn't have it. */
      first: z.string().optional(),
      second: z.string().optional(),
      cause: DifferenceCause,
      explanation: z.string(),
    }),
  ),
})
export type Comparison = z.infer<typeof Comparison>

/** What a run leaves: plain data, from which every report is made. */
export const RunResult = z.object({
  schemaVersion: z.literal(1),
  run: z.string(),
  state: z.enum(['running', 'finished']),
  startedAt: z.string(),
  finishedAt: z.string().optional(),
  verbatim: z.string(),
  /** `rehearsal`: a run on the sandbox proves nothing about Azure and never enters an article's verified history. */
  cloud: z.object({
    name: z.string(),
    rehearsal: z.boolean(),
    portal: z.string().optional(),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
  browser: z.string().optional(),
  /** The commit that the articles were read at, where they stand in a git repository. */
  commit: z.string().optional(),
  /** Where the articles can be read as they were at that commit. */
  repository: z
    .object({
      /** The origin's page, without credentials: `https://github.com/<owner>/<name>`. */
      address: z.string().regex(/^https:\/\/[\w.-]+\/[\w.-]+\/[\w.-]+$/),
      /** From the repository's top to the working directory: '' or `docs/`. */
      prefix: z.string(),
      /** Articles and includes that differ from the commit. */
      changed: z.array(z.string()),
    })
    .optional(),
  articles: z.array(ArticleResult),
  cleanup: z.array(CleanupItem),
  /** Where an article was run on several surfaces: what it made on each, compared. */
  comparisons: z.array(Comparison).optional(),
  /** Problems of the run as a whole. */
  problems: z.array(Problem.extend({ place: place.optional() })),
  interrupted: z.boolean(),
  exitCode: z.int().optional(),
  /** Path of every article and include spoken of -> SHA-256 of its text, which is the file `sources/<sha256>.md` of the output folder. */
  sources: z.record(z.string(), z.string()),
  /** Path of every image that an article shows -> its copy under the output folder, `images/<sha256>.<extension>`. */
  images: z.record(z.string(), z.string()).optional(),
})
export type RunResult = z.infer<typeof RunResult>
