import type { Action } from '../action/action.ts'
import type { Place } from '../article/article.ts'

export type SurfaceName = 'portal' | 'arm' | 'shell'

/** An article's actions with their values bound, the resources they should leave behind, and how to undo them. Plain data. */
export interface Plan {
  /** Unique in the run, and fit for a file name. */
  id: string
  run: string
  article: PlannedArticle
  surface: SurfaceName
  /** The choices taken where the article offers some, as labels, outermost first. */
  variant: string[]
  steps: PlannedStep[]
  /** The article's names -> the run's own. */
  names: Record<string, string>
  resources: ExpectedResource[]
  /** Why this may not be started; empty when it may. */
  refusals: Refusal[]
  /** Milliseconds. */
  limits: { action: number; step: number; article: number }
  shell: boolean
  /** Other articles of the run need what it makes: their plans begin when it has ended. */
  neededFirst?: true
  /** The article's prerequisites, and what makes each true. */
  prerequisites?: { sentence: string; way?: string }[]
}

export interface PlannedArticle {
  path: string
  title: string
  hash: string
  owner?: string
  service?: string
  /** Path -> SHA-256 of each file that was read. */
  sources: Record<string, string>
}

export interface PlannedStep {
  /** Stable fingerprint: survives moved lines, not changed words. */
  id: string
  number: string
  procedure: string
  title: string
  place: Place
  actions: PlannedAction[]
  images: { source: string; alt: string; place: Place }[]
  /** Whether some of its images show the portal in a dark theme. */
  dark?: true
  /** What is put in place through Resource Manager, whatever the surface. */
  setUp?: ExpectedResource[]
  /** A plan of this run that has to end well before: its id, its article, and how long it may take in milliseconds. */
  needed?: { plan: string; path: string; title: string; limit: number }
  /** Resources that the runbook expects after it. */
  expect?: ExpectedResource[]
  /** The runbook leaves it out, and says why. */
  skip?: string
}

/** An action as it will be carried out, and as the article says it. */
export interface PlannedAction {
  action: Action
  said: Action
  /** Where the value comes from, when not from the article itself. */
  source?: ValueSource
  /** The part of the request that this field becomes: `name`, `location`, `properties.…`. */
  becomes?: string
  /** A resource that this field names and that must be there before the form is filled in. */
  refersTo?: { type: string; id: string; name: string }
  /** Nobody says what this setting, or this option of it, becomes; the options that there are, where the list is known whole. */
  unmapped?: { offered?: string[] }
  /** The form makes other names of this one, and accepts only names of this pattern. */
  pattern?: string
  /** What it does to the cloud. */
  effect?: Effect
  /** The value is a secret, and its name in the run's secrets: `action.value` holds no more than that. */
  secret?: string
}

export type ValueSource = 'own-name' | 'runbook' | 'cloud' | 'environment' | 'generated'

export type Effect =
  | { kind: 'create'; resources: ExpectedResource[] }
  /** `unconfirmed`: no step confirms it, so that a portal may only have asked. */
  | {
      kind: 'delete'
      type: string
      /** Empty where the article doesn't say it. */
      name: string
      /** Empty where no step before made anything of that name. */
      id: string
      apiVersion?: string
      /** Where the article names what is deleted. */
      place: Place
      unconfirmed?: true
    }
  | { kind: 'shell'; resources: ExpectedResource[] }

/** A resource that a form describes. In its id and body `{subscription}` and `{secret:NAME}` stand for what a run puts there. */
export interface ExpectedResource {
  type: string
  /** Absent where the resource provider is to be asked. */
  apiVersion?: string
  name: string
  /** Absent for a resource group itself. */
  resourceGroup?: string
  id: string
  /** The region as the article says it: `West US`. The cloud's list of locations tells what it is. */
  location?: Described
  /** The settings that the article names, as properties of the resource. */
  properties: ExpectedProperty[]
  /** The request that makes it, its location left out. */
  body: Record<string, unknown>
  /** Settings that the article names and of which nobody says what they become. */
  unmapped: Described[]
  /** Every field that the article fills in, in the run's words: what a service complains of is one of them. */
  fields?: Described[]
  /** Settings that the form requires and no sentence gives a value for. */
  missing: string[]
  /** Of these, the ones that the article doesn't even tell to leave at their default. */
  unsaid: string[]
  place: Place
}

export interface Described {
  setting: string
  value: string
  place: Place
  /** The options that there are, where there are no others. */
  offered?: string[]
}

export interface ExpectedProperty extends Described {
  /** `properties.redundancySettings.crossRegionRestore`; ` > ` follows the id that stands there. */
  path: string
  /** What Resource Manager calls the article's value; null for what is not there. */
  expected: unknown
}

/** Why a run won't start: problem, place and remedy. */
export interface Refusal {
  rule: string
  message: string
  remedy: string
  place: Place
  said?: string
}
