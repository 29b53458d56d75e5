import { armError } from '../../cloud/arm-error.ts'
import { partsOfId, resourceGroupType, type Subscription } from '../../cloud/resource-manager.ts'
import type { Effect, ExpectedResource, PlannedAction } from '../../plan/plan.ts'
import type { Action } from '../../action/action.ts'
import { likeness, nearest } from '../near-miss.ts'
import { addressOf, findLocation } from '../read-back.ts'
import { requestBody } from '../request-body.ts'
import { openShell, type Shell } from '../shell/shell.ts'
import { StepFailure, refusedByCloud } from '../step-failure.ts'
import {
  assumed,
  handle,
  passed,
  type Outcome,
  type StepHandlers,
  type Surface,
  type Surroundings,
} from '../surface.ts'

/**
 * Carries a plan out through Resource Manager: navigation is followed on paper, the fields of a form become a request,
 * the command that sends the form sends it, and a deletion deletes.
 */
export function openArmSurface(surroundings: Surroundings): Surface {
  const shell = openShell(surroundings)
  let known: Promise<Subscription> | undefined
  const subscription = () => (known ??= surroundings.manager.subscription())
  const context: ArmContext = { surroundings, shell, subscription }
  return {
    perform: async planned =>
      (await performEffect(planned, context)) ??
      (await setting(planned, context)) ??
      handle(handlers, planned, context),
    output: () => shell.takeOutput(),
    close: () => shell.close(),
  }
}

interface ArmContext {
  surroundings: Surroundings
  shell: Shell
  /** Asked for once. */
  subscription(): Promise<Subscription>
}

const onPaper = async (): Promise<Outcome> => assumed('Navigation is only followed on paper on the ARM surface.')
const forTheEyes = async (): Promise<Outcome> => assumed('There is no page to look at on the ARM surface.')

const handlers: StepHandlers<ArmContext> = {
  async signIn({ said }, { subscription }) {
    try {
      const { name } = await subscription()
      return passed(`signed in; the subscription is ${name}`)
    } catch (error) {
      throw refusedByCloud(error, said.place)
    }
  },
  goTo: onPaper,
  search: onPaper,
  select: onPaper,
  expand: onPaper,
  close: onPaper,
  set: async () => assumed('No resource type says what this setting becomes in a request.'),
  check: async () => assumed('No resource type says what this setting becomes in a request.'),
  clear: async () => assumed('No resource type says what this setting becomes in a request.'),
  turnOn: async () => assumed('No resource type says what this setting becomes in a request.'),
  turnOff: async () => assumed('No resource type says what this setting becomes in a request.'),
  keep: async () => assumed('The form’s default is not known to Resource Manager.'),
  review: forTheEyes,
  verify: forTheEyes,
  capture: forTheEyes,
  wait: async () => assumed('Every operation is waited for on the ARM surface.'),
  upload: onPaper,
  download: onPaper,
  run: ({ action, said }, { shell }) => shell.run(action, said.place),
  follow: onPaper,
  repeat: onPaper,
  manual: onPaper,
}

/** A field that a form's request holds: its value is looked up where the cloud knows the choices. */
async function setting(
  { becomes, action, said, unmapped, secret, refersTo, pattern }: PlannedAction,
  { surroundings, subscription }: ArmContext,
): Promise<Outcome | undefined> {
  const value = valueOf(action)
  if (value !== undefined && unmapped?.offered)
    throw notOffered(said, value, nearest(value, unmapped.offered, { from: 0 }))
  if (becomes === undefined || value === undefined) return undefined
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) throw nameRefused(said, value)
  if (refersTo) await mustBeThere(refersTo, said, surroundings)
  if (becomes === 'nothing') return assumed('The form has this field, the request has nothing for it.')
  if (becomes === 'subscription') return checkSubscription(value, said, await subscription())
  if (unmapped) throw optionUnmapped(said, value)
  if (becomes !== 'location')
    return passed(`becomes ${becomes} of the request${secret === undefined ? '' : ', as a secret'}`)
  const locations = await surroundings.locations()
  const location = findLocation(value, locations)
  if (location) return passed(`becomes location '${location.name}' of the request`)
  const near = nearest(
    value,
    locations.map(each => each.displayName),
  )
  throw notOffered(said, value, near)
}

/** A form lists what is there: what isn't can't be chosen. */
async function mustBeThere(
  { type, id, name }: NonNullable<PlannedAction['refersTo']>,
  said: Action,
  { manager }: Surroundings,
): Promise<void> {
  if ((await manager.read(addressOf({ type, id }, manager.subscriptionId))) !== undefined) return
  const others =
    type === resourceGroupType
      ? await manager.resourceGroups()
      : (await manager.resourcesIn(partsOfId(id).resourceGroup)).filter(
          each => each.type.toLowerCase() === type.toLowerCase(),
        )
  throw notOffered(
    said,
    name,
    nearest(
      name,
      others.map(each => each.name),
      { from: 0 },
    ),
  )
}

/** A form says so as soon as the name is entered. */
function nameRefused(said: Action, value: string): StepFailure {
  const name = valueOf(said) ?? value
  return new StepFailure(
    {
      rule: 'value-refused',
      message: `“${said.target ?? said.where.at(-1) ?? 'The field'}” does not accept “${name}”: such a name has other characters.`,
      said: name,
      remedy: 'Name a value that the service accepts.',
      place: said.place,
    },
    { verdict: 'doc', drift: 'blocking' },
  )
}

/** Nobody told Verbatim what an option becomes: that is no fault of the article. */
function optionUnmapped(said: Action, value: string): StepFailure {
  return new StepFailure(
    {
      rule: 'option-unmapped',
      message: `Verbatim doesn't know what “${value}” of “${said.target ?? said.where.at(-1) ?? ''}” becomes in a request.`,
      said: value,
      remedy:
        'Add the option to `values` of the resource type’s file (docs/configuration.md), or run this article in the portal only.',
      place: said.place,
    },
    { verdict: 'driver' },
  )
}

function checkSubscription(value: string, said: Action, { id, name }: Subscription): Outcome {
  if ([id, name].some(each => each.toLowerCase() === value.toLowerCase())) return passed(`is subscription ${id}`)
  throw notOffered(said, value, [name])
}

async function performEffect({ effect, said }: PlannedAction, context: ArmContext): Promise<Outcome | undefined> {
  if (!effect || effect.kind === 'shell') return undefined
  try {
    return await performers[effect.kind](effect as never, said, context)
  } catch (error) {
    throw error instanceof StepFailure ? error : refusedByCloud(error, said.place)
  }
}

const performers = { create, delete: remove }

async function create(
  { resources }: Extract<Effect, { kind: 'create' }>,
  said: Action,
  { surroundings }: ArmContext,
): Promise<Outcome> {
  const { manager } = surroundings
  const [missing] = resources.flatMap(resource => resource.missing.map(setting => ({ resource, setting })))
  if (missing) throw settingMissing(missing.resource, missing.setting, said)
  for (const resource of resources) {
    try {
      await manager.write(addressOf(resource, manager.subscriptionId), await requestBody(resource, surroundings))
    } catch (error) {
      throw refusedValue(error, resource, resources) ?? error
    }
  }
  return passed(`sent ${resources.map(({ type, name }) => `${type} '${name}'`).join(' and ')}`)
}

async function remove(
  effect: Extract<Effect, { kind: 'delete' }>,
  _: Action,
  { surroundings: { manager } }: ArmContext,
): Promise<Outcome> {
  await manager.remove(addressOf(effect, manager.subscriptionId))
  return passed(`asked for the deletion of '${effect.name}'`)
}

/** Resource Manager calls a request wrong and names a value in it that an article gives: that row is wrong. */
function refusedValue(
  error: unknown,
  refused: ExpectedResource,
  resources: readonly ExpectedResource[],
): StepFailure | undefined {
  const { status, code, message } = armError(error)
  if (status !== 400 && status !== 404) return undefined
  const words = message.toLowerCase()
  // Names of the resource and its group stand in every id of a message: they are blamed last.
  const commonplace = (value: string) =>
    resources.some(({ name, resourceGroup }) => [name, resourceGroup].includes(value))
  const fields = resources.flatMap(({ fields: given = [] }) => given)
  const made = { setting: 'name', value: refused.name, place: refused.place }
  const culprit = [...fields, made]
    .filter(({ value }) => value !== '' && words.includes(value.toLowerCase()))
    .sort(
      (one, other) =>
        Number(commonplace(one.value)) - Number(commonplace(other.value)) || other.value.length - one.value.length,
    )[0]
  if (!culprit) return undefined
  return new StepFailure(
    {
      rule: 'value-refused',
      message: `“${culprit.setting}” does not accept “${culprit.value}”: ${message.split('\n', 1)[0] ?? code}`,
      said: culprit.value,
      found: [`${code}: ${message}`],
      remedy: 'Name a value that the service accepts.',
      place: culprit.place,
    },
    { verdict: 'doc', drift: 'blocking', cause: error },
  )
}

function valueOf(action: Action): string | undefined {
  if (action.do === 'select') return action.target
  return 'value' in action ? action.value : undefined
}

function notOffered(said: Action, value: string, found: string[]): StepFailure {
  const [first] = found
  const meant = first !== undefined && likeness(value, first) >= 0.6 ? first : undefined
  const field = said.target ?? said.where.at(-1) ?? 'The field'
  return new StepFailure(
    {
      rule: 'value-not-offered',
      message: `“${field}” does not offer '${value}'.`,
      said: value,
      found,
      remedy: meant === undefined ? 'Name a value that the cloud offers.' : `If the article means '${meant}', say so.`,
      place: said.place,
    },
    { verdict: 'doc', drift: 'blocking' },
  )
}

function settingMissing(resource: ExpectedResource, missing: string, said: Action): StepFailure {
  return new StepFailure(
    {
      rule: 'setting-missing',
      message: `The form can't be sent: ${resource.type} requires “${missing}”, and no sentence or row gives it.`,
      remedy: `Add a row for “${missing}” to the table at line ${resource.place.start.line}.`,
      place: said.place,
    },
    { verdict: 'doc', drift: 'blocking' },
  )
}
