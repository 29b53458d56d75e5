import { basename } from 'node:path'
import type { Action, StepReading } from '../action/action.ts'
import type { Article, Message, Place, Procedure, Step } from '../article/article.ts'
import {
  type Answering,
  type Supplied,
  parameterFor,
  placeholderOf,
  supply,
  unusedAnswers,
  unusedParameters,
  variableOf,
} from './answers.ts'
import { fingerprintSteps } from './fingerprint.ts'
import { describeResources, findReferences, groupIdOf, type Describing } from './describe-resources.ts'
import { fieldOf, findDeletions, findForms, partOfRequest, type Form } from './forms.ts'
import { foldLabel, isOneOf } from './label.ts'
import { leftOutBecause } from './left-out.ts'
import { ownName, renameAction, withOwnNames, type Names } from './own-names.ts'
import type { ExpectedResource, Plan, PlannedAction, PlannedStep, Refusal, SurfaceName } from './plan.ts'
import type { ResourceType } from './resource-type.ts'
import type { Runbook } from './runbook.ts'
import { readPrerequisites } from './prerequisites.ts'
import { describeSetUp, setUpNames } from './set-up.ts'
import { readShell, type ShellReading } from './shell-code.ts'
import { sshKeyOf, sshKeySecret } from './ssh-key.ts'
import { chooseVariants } from './variants.ts'

/** What a plan is made of: an article as it was understood, and what the run decides. */
export interface PlanInput {
  article: Article
  procedures: readonly { procedure: Procedure; readings: readonly StepReading[] }[]
  /** Path -> SHA-256 of every file that was read. */
  sources: Record<string, string>
  surface: SurfaceName
  runbook: Runbook
  /** The article's text, for its prerequisites. */
  text?: string | undefined
  /** For messages about what only the runbook says. */
  runbookPath?: string | undefined
  /** The run's id: a letter and five more letters or digits. */
  run: string
  names: 'own' | 'literal'
  allowShell: boolean
  resourceTypes: readonly ResourceType[]
  /** The subscription's display name, where a cloud is known. */
  subscription?: string | undefined
  env: Record<string, string | undefined>
  /** What other plans of the run carry out before this one: those of its procedures it leaves out. */
  provided?: readonly Provided[] | undefined
  /** Filled with what is never written to a file. */
  secrets: Record<string, string>
}

/** Part of an article's procedures, carried out by another plan of the run. */
export interface Provided {
  plan: Plan
  /** By `procedureKey`. */
  procedures: ReadonlySet<string>
}

/** The same for a procedure wherever it is read. */
export function procedureKey({ place }: Procedure): string {
  return `${place.path}:${place.start.offset}`
}

/** Milliseconds. The article's own limit grows with its steps. */
const defaultLimits = { action: 15_000, step: 120_000, article: 900_000 }

/**
 * Binds an article's actions to values, finds the forms among them and what they should leave behind, and says why the
 * whole may not be started, if so. Touches nothing; throws nothing for what an article or a runbook says.
 */
export function makePlan(input: PlanInput): Plan {
  const { article, runbook, surface } = input
  const { steps: chosen, variant, ...variants } = chooseVariants(input.procedures, surface, runbook.variant ?? [])
  const ids = fingerprintSteps(
    chosen.map(({ procedure, reading }) => ({ procedure: procedure.title, step: reading.step })),
  )
  const skips = matchSkips(chosen, ids, runbook)
  const kept = chosen.map(({ reading }, index) => (skips.reasons.has(index) ? [] : reading.actions))

  const bound = bindActions(kept.flat(), {
    runbook,
    subscription: input.subscription,
    run: input.run,
    env: input.env,
    secrets: input.secrets,
    ruleFor: field =>
      input.resourceTypes.find(({ name }) => isOneOf(field, name.setting) && !isOneOf(field, ['Name']))?.name,
  })
  const said = bound.actions.map(each => each.action)
  const forms = findForms(said, input.resourceTypes)
  const provided = input.provided ?? []
  const names = Object.assign(
    input.names === 'literal' ? {} : collectNames(forms, said, bound.actions, input),
    ...provided.map(({ plan }) => plan.names),
  ) as Names
  const top = { line: 1, column: 1, offset: 0 }
  const setUp = describeSetUp(runbook.setup ?? [], {
    names,
    types: input.resourceTypes,
    place: { path: input.runbookPath ?? article.path, start: top, end: top },
  })
  const prerequisites = readPrerequisites(article, input.text ?? '', runbook)
  const actions = bound.actions.map(each => rename(each, names))
  const resources = addEffects(actions, forms, said, names, { ...input, bound: bound.actions, setUp })
  const expectations = matchExpectations(chosen, ids, names, input)

  let next = 0
  const all = chosen.map(({ procedure, reading }, index): PlannedStep => {
    const count = kept[index]?.length ?? 0
    const skip = skips.reasons.get(index)
    next += count
    return {
      id: ids[index] ?? '',
      number: reading.step.number,
      procedure: procedure.title,
      title: reading.step.text,
      place: reading.step.place,
      actions: actions.slice(next - count, next),
      images: imagesOf(reading.step),
      ...(skip === undefined ? {} : { skip }),
      ...(expectations.byStep.has(index) ? { expect: expectations.byStep.get(index) ?? [] } : {}),
    }
  })
  const isProvided = (procedure: Procedure) =>
    provided.some(({ procedures }) => procedures.has(procedureKey(procedure)))
  const steps = all.filter((_, index) => !(chosen[index] && isProvided(chosen[index].procedure)))
  const refusals = [
    ...article.messages.flatMap(brokenArticle),
    ...skips.refusals,
    ...expectations.refusals,
    ...(input.text === undefined ? [] : unmatchedPrerequisites(prerequisites, setUp[0]?.place ?? article.place)),
    ...unmatched(input, variants),
    ...chosen.flatMap(({ reading }, index) => (skips.reasons.has(index) ? [] : unreadOf(reading))),
    ...bound.refusals,
    ...refusalsOf(
      actions.map(({ action }) => action),
      input,
    ),
    ...emptyArticle(article, steps),
  ]
  return {
    id: planId(article.path, surface, variant),
    run: input.run,
    article: describeArticle(input),
    surface,
    variant,
    steps: [...setUpSteps(setUp), ...provided.map(neededStep), ...steps],
    names,
    resources: provided.length === 0 ? resources : [...setUp, ...madeIn(steps)],
    refusals: refusals.sort((a, b) => a.place.start.line - b.place.start.line),
    limits: limitsOf(runbook),
    shell: input.allowShell,
    ...(prerequisites.found.length > 0 && input.text !== undefined ? { prerequisites: prerequisites.found } : {}),
  }
}

function bindActions(actions: readonly Action[], answering: Answering) {
  const refusals: Refusal[] = []
  const bound = actions.map((said): PlannedAction => {
    const placeholder = placeholderOf(said)
    const parameter = parameterFor(said, answering)
    if (parameter) return supplyWith(said, parameter)
    if (!placeholder || leftOutBecause(said) !== undefined) return { action: said, said }
    const supplied = supply(placeholder.field, placeholder.phrase, answering)
    if (!supplied) {
      refusals.push(unanswered(said, placeholder, answering.runbook))
      return { action: said, said }
    }
    return supplyWith(said, supplied)
  })
  return { actions: bound, refusals }
}

function supplyWith(said: Action, { value, source, secret }: Supplied): PlannedAction {
  const action = { ...said, ...('value' in said ? { value } : { target: value }) } as Action
  return { action, said, source, ...(secret ? { secret } : {}) }
}

function unanswered(
  said: Action,
  { field, phrase }: { field: string | undefined; phrase: string },
  runbook: Runbook,
): Refusal {
  const key = field ?? phrase
  const variable = variableOf(runbook, [phrase, field])
  return {
    rule: 'placeholder-without-answer',
    message: `The article leaves ${field ? `“${field}”` : `“${phrase}”`} to the reader, and ${
      variable === undefined ? 'no answer is given' : `the environment variable ${variable} of the runbook is not set`
    }.`,
    remedy:
      variable === undefined
        ? `Add to the runbook: answers: { ${JSON.stringify(key)}: … }, or skip the step with a reason.`
        : `Set ${variable}, or answer it otherwise in the runbook: answers: { ${JSON.stringify(key)}: … }.`,
    place: said.place,
    said: phrase,
  }
}

/** An entry of the runbook that says nothing about this article is a mistake, never passed over. */
function unmatched(
  { article, procedures, runbook }: PlanInput,
  { unknown, offered }: { unknown: readonly string[]; offered: readonly string[] },
): Refusal[] {
  const rule = 'runbook-matches-nothing'
  const place = procedures[0]?.procedure.place ?? article.place
  const actions = procedures.flatMap(({ readings }) => readings.flatMap(reading => reading.actions))
  return [
    ...unknown.map(name => ({
      rule,
      message: `The runbook chooses '${name}', and the article offers no such tab or pivot.`,
      remedy: offered.length > 0 ? `Choose among ${offered.join(', ')}.` : 'Remove `variant` from the runbook.',
      place,
    })),
    ...unusedParameters(runbook, actions).map(key => ({
      rule,
      message: `The runbook gives a parameter for '${key}', and no field of the article has that name.`,
      remedy: '`verbatim plan` shows the fields that the article names.',
      place,
    })),
    ...unusedAnswers(runbook, actions).map(key => ({
      rule,
      message: `The runbook answers '${key}', and the article leaves nothing of that name to the reader.`,
      remedy: '`verbatim plan` shows what the reader supplies, by field and in the article’s words.',
      place,
    })),
  ]
}

/** What the article's forms create has a name of its own in every run. Names that the run made up already are. */
function collectNames(
  forms: readonly Form[],
  said: readonly Action[],
  bound: readonly PlannedAction[],
  input: PlanInput,
): Names {
  const names: Names = {}
  const add = (name: string, rules: { maxLength: number; separator: string }) => {
    if (name && !name.includes(input.run)) names[name] ??= ownName(name, input.run, rules)
  }
  for (const { name, rules } of setUpNames(input.runbook.setup ?? [], input.resourceTypes)) add(name, rules)
  for (const form of forms) {
    const naming = fieldOf(form, form.type.name.setting)
    if (naming && !bound[naming.index]?.source) add(naming.value, form.type.name)
    const group = fieldOf(form, form.type.resourceGroup)
    if (form.newGroup && group) add(group.value, { maxLength: 90, separator: '-' })
  }
  const code = said.map(action => (action.do === 'run' ? action.code : '')).join('\n')
  for (const reading of readBlocks(said))
    for (const name of reading?.resourceGroups ?? [])
      // A name that code puts together is nowhere to be replaced.
      if (withOwnNames(code, { [name]: '' }) !== code) add(name, { maxLength: 90, separator: '-' })
  return names
}

/** Set-up is a step of its own before the article's first. */
function setUpSteps(setUp: ExpectedResource[]): PlannedStep[] {
  const [first] = setUp
  if (!first) return []
  const title = setUp.map(({ type, name }) => `${type.split('/').at(-1) ?? type} '${name}'`).join(', ')
  return [{ id: 'set-up', number: '0', procedure: 'Set-up', title, place: first.place, actions: [], images: [], setUp }]
}

/** What another plan makes is waited for in a step of its own. */
function neededStep({ plan: { id, article, limits } }: Provided): PlannedStep {
  const top = { line: 1, column: 1, offset: 0 }
  return {
    id: `needed-${id}`,
    number: '0',
    procedure: 'Needed first',
    title: article.title,
    place: { path: article.path, start: top, end: top },
    actions: [],
    images: [],
    needed: { plan: id, path: article.path, title: article.title, limit: limits.article },
  }
}

function madeIn(steps: readonly PlannedStep[]): ExpectedResource[] {
  return steps.flatMap(({ actions }) =>
    actions.flatMap(({ effect }) => (effect && effect.kind !== 'delete' ? effect.resources : [])),
  )
}

function unmatchedPrerequisites(
  { unmatched, unknownSetUp }: ReturnType<typeof readPrerequisites>,
  place: Place,
): Refusal[] {
  const rule = 'runbook-matches-nothing'
  return [
    ...unmatched.map(key => ({
      rule,
      message: `The runbook says what makes '${key}' true, and the Prerequisites section has no such sentence.`,
      remedy: '`verbatim plan` lists the prerequisites that it found.',
      place,
    })),
    ...unknownSetUp.map(name => ({
      rule,
      message: `A prerequisite is to be true by the set-up of '${name}', and no entry of \`setup\` has that name.`,
      remedy: 'Add the entry, or correct the name.',
      place,
    })),
  ]
}

function rename(planned: PlannedAction, names: Names): PlannedAction {
  const action = renameAction(planned.action, names)
  const renamed = action.target !== planned.action.target || valueOf(action) !== valueOf(planned.action)
  return { ...planned, action, ...(renamed && !planned.source ? { source: 'own-name' as const } : {}) }
}

function valueOf(action: Action): string | undefined {
  return 'value' in action ? action.value : undefined
}

function addEffects(
  actions: PlannedAction[],
  forms: readonly Form[],
  said: readonly Action[],
  names: Names,
  input: PlanInput & { bound: readonly PlannedAction[]; setUp: readonly ExpectedResource[] },
): ExpectedResource[] {
  const resources: ExpectedResource[] = [...input.setUp]
  const mark = (index: number, part: string) => {
    const setting = actions[index]
    if (setting) setting.becomes = part
  }
  for (const form of forms) {
    const planned = actions[form.submit]
    const describing: Describing = {
      own: text => withOwnNames(text, names),
      secretAt: index => input.bound[index]?.secret,
      made: resources,
      sshKey() {
        sshKeyOf(input.secrets)
        return sshKeySecret
      },
      companions: input.surface === 'arm',
    }
    // What would be nobody knows where can't be read back; what lacks its group is told when the form is sent.
    const described = describeResources(form, describing).filter(({ id, missing }) => id !== '' || missing.length > 0)
    for (const { index, refersTo } of findReferences(form, describing)) {
      const setting = actions[index]
      if (setting) setting.refersTo = refersTo
    }
    if (planned && described.length > 0) planned.effect = { kind: 'create', resources: described }
    for (const field of form.fields.values()) {
      const setting = actions[field.index]
      const part = partOfRequest(form, field)
      if (setting && part) setting.becomes = part
      if (setting && part === 'name' && form.type.name.pattern !== undefined) setting.pattern = form.type.name.pattern
      const untold = described.at(-1)?.unmapped.find(each => each.setting === field.setting)
      if (setting && untold) setting.unmapped = untold.offered ? { offered: untold.offered } : {}
    }
    for (const { name, indexes } of form.tags) for (const index of indexes) mark(index, `tags.${name}`)
    for (const { part, fields } of form.parts) for (const { index } of fields.values()) mark(index, part.path)
    resources.push(...described)
  }
  const isMade = (name: string) => resources.some(made => made.name === withOwnNames(name, names))
  const madeAt = forms.find(form => actions[form.submit]?.effect?.kind === 'create')?.submit ?? 0
  for (const { type, name, place, submit, confirmed } of findDeletions(said, input.resourceTypes, { isMade, madeAt })) {
    const planned = actions[submit]
    const isGroup = type.resourceGroup === undefined && type.id === undefined
    const ofType = resources.filter(each => each.type === type.type)
    // Of a type of which nothing was made there may be some that nobody told of.
    if (!planned || (!isGroup && ofType.length === 0)) continue
    // > | Select **Go to resource**. Select **Delete**.
    const only = name === '' && !isGroup && ofType.length === 1 ? ofType[0] : undefined
    const own = only?.name ?? withOwnNames(name, names)
    // What is in a group or vault is known by what was made before; `vm;iaasvmcontainerv2;group;machine` is the machine's.
    const made = only ?? ofType.findLast(each => each.name === own || each.name.endsWith(`;${own}`))
    const id = isGroup && own !== '' ? groupIdOf(own) : (made?.id ?? '')
    const version = type.apiVersion === undefined ? {} : { apiVersion: type.apiVersion }
    planned.effect = {
      kind: 'delete',
      type: type.type,
      name: own,
      id,
      place,
      ...version,
      ...(confirmed ? {} : { unconfirmed: true as const }),
    }
  }
  const readings = readBlocks(actions.map(({ action }) => action))
  actions.forEach((planned, index) => {
    const made = readings[index]?.resourceGroups.map(name => shellGroup(name, planned.action.place)) ?? []
    if (made.length > 0) planned.effect = { kind: 'shell', resources: made }
    resources.push(...made)
  })
  return resources
}

/** What each piece of shell code does, knowing the ones before it: they run in one session. */
function readBlocks(actions: readonly Action[]): (ShellReading | undefined)[] {
  let earlier = ''
  return actions.map(action => {
    if (action.do !== 'run') return undefined
    const reading = readShell(action.code, action.target, earlier)
    if (leftOutBecause(action) === undefined) earlier += `${action.code}\n`
    return reading
  })
}

function shellGroup(name: string, place: Place): ExpectedResource {
  const apiVersion = '2021-04-01'
  return {
    type: 'Microsoft.Resources/resourceGroups',
    apiVersion,
    name,
    id: groupIdOf(name),
    properties: [],
    body: {},
    unmapped: [],
    missing: [],
    unsaid: [],
    place,
  }
}

function matchSkips(
  chosen: readonly { procedure: Procedure; reading: StepReading }[],
  ids: readonly string[],
  { skip = [] }: Runbook,
) {
  const reasons = new Map<number, string>()
  const refusals: Refusal[] = []
  for (const { step, reason } of skip) {
    const matches = chosen.flatMap(({ procedure, reading }, index) =>
      isNamed(step, procedure, reading.step, ids[index]) ? [index] : [],
    )
    for (const index of matches) reasons.set(index, reason)
    const [first] = chosen
    if (matches.length === 0 && first)
      refusals.push({
        rule: 'runbook-matches-nothing',
        message: `The runbook skips '${step}', and the article has no such step.`,
        remedy: "Name it by heading and number ('Create a vault #3') or by its fingerprint from `verbatim plan`.",
        place: first.procedure.place,
      })
  }
  return { reasons, refusals }
}

/** What the runbook expects beside the article: resources that must be there after a step. */
function matchExpectations(
  chosen: readonly { procedure: Procedure; reading: StepReading }[],
  ids: readonly string[],
  names: Names,
  { runbook, resourceTypes, article }: PlanInput,
) {
  const byStep = new Map<number, ExpectedResource[]>()
  const refusals: Refusal[] = []
  for (const { after, type, name, resourceGroup, properties = {} } of runbook.expect ?? []) {
    const index = chosen.findIndex(({ procedure, reading }, at) => isNamed(after, procedure, reading.step, ids[at]))
    const place = chosen[index]?.reading.step.place ?? chosen[0]?.procedure.place ?? article.place
    if (index < 0) {
      refusals.push({
        rule: 'runbook-matches-nothing',
        message: `The runbook expects something after '${after}', and the article has no such step.`,
        remedy: "Name it by heading and number ('Create a vault #3') or by its fingerprint from `verbatim plan`.",
        place,
      })
      continue
    }
    const known = resourceTypes.find(each => each.type.toLowerCase() === type.toLowerCase())
    const own = withOwnNames(name, names)
    const group = resourceGroup === undefined ? undefined : withOwnNames(resourceGroup, names)
    const expected: ExpectedResource = {
      type: known?.type ?? type,
      ...(known?.apiVersion === undefined ? {} : { apiVersion: known.apiVersion }),
      name: own,
      ...(group === undefined ? {} : { resourceGroup: group }),
      id: group === undefined ? groupIdOf(own) : `${groupIdOf(group)}/providers/${type}/${own}`,
      properties: Object.entries(properties).map(([path, value]) => ({
        setting: path,
        value,
        path,
        expected: withOwnNames(value, names),
        place,
      })),
      body: {},
      unmapped: [],
      missing: [],
      unsaid: [],
      place,
    }
    byStep.set(index, [...(byStep.get(index) ?? []), expected])
  }
  return { byStep, refusals }
}

function isNamed(name: string, procedure: Procedure, step: Step, id: string | undefined): boolean {
  if (name === id) return true
  const [, heading = '', number = ''] = /^(.*?)\s*#\s*([\d.]+)$/.exec(name) ?? []
  return number === step.number && foldLabel(heading) === foldLabel(procedure.title)
}

function unreadOf({ unread }: StepReading): Refusal[] {
  return unread.map(({ status, text, place, hints, readings }) => ({
    rule: status === 'unknown' ? 'unknown-step' : 'ambiguous-step',
    message:
      status === 'unknown'
        ? `Unknown instruction: “${text}”.`
        : `Ambiguous instruction: “${text}” can be read in ${readings.length} ways.`,
    remedy: hints[0]
      ? `Write it like “${hints[0]}”, or skip the step in the runbook with a reason.`
      : 'Reword it, or skip the step in the runbook with a reason.',
    place,
    said: text,
  }))
}

/** Kinds of action that no surface carries out by itself. */
const unsupported: Partial<Record<Action['do'], string>> = {
  manual: 'asks for something that only a person can do',
  follow: 'sends the reader to another article',
}

function refusalsOf(actions: readonly Action[], input: PlanInput): Refusal[] {
  const readings = readBlocks(actions)
  return actions.flatMap((action, index) => refusalOf(action, readings[index], input))
}

function refusalOf(action: Action, code: ShellReading | undefined, { surface, allowShell }: PlanInput): Refusal[] {
  if (leftOutBecause(action) !== undefined) return []
  const why = unsupported[action.do]
  if (why && action.when === undefined)
    return [
      {
        rule: `${action.do}-step`,
        message: `The step ${why}: “${action.target ?? ''}”.`,
        remedy: 'Skip the step in the runbook with a reason.',
        place: action.place,
      },
    ]
  if (action.do !== 'run') return []
  if (!allowShell)
    return [
      {
        rule: 'shell-not-allowed',
        message: `The step runs ${action.target} code, which is not allowed for this run.`,
        remedy: 'Read the code, then pass --allow-shell or say `shell: true` in the runbook.',
        place: action.place,
      },
    ]
  const problem = code?.problem
  if (!problem) return []
  return [
    {
      rule: 'shell-code',
      message: `The ${action.target} code can't be run on the ${surface} surface: ${problem.message}`,
      remedy: problem.remedy,
      place: action.place,
    },
  ]
}

/** What is broken in the article keeps steps from being read; an image that is missing never stops a run. */
function brokenArticle({ rule, severity, message, place }: Message): Refusal[] {
  if (severity !== 'error' || rule.startsWith('image')) return []
  return [{ rule, message, remedy: 'Mend the article; `verbatim check` shows all that is wrong with it.', place }]
}

function emptyArticle(article: Article, steps: readonly PlannedStep[]): Refusal[] {
  if (steps.some(step => step.actions.length > 0)) return []
  return [
    {
      rule: 'no-procedure',
      message:
        steps.length === 0
          ? 'The article has no procedure.'
          : 'No step of the article asks for anything that can be run.',
      remedy: 'Verbatim runs numbered steps, single-step bullets and instructions under a heading of their own.',
      place: article.place,
    },
  ]
}

function imagesOf(step: Step): PlannedStep['images'] {
  return step.content.flatMap(content =>
    content.type === 'image' ? [{ source: content.source, alt: content.alt, place: content.place }] : [],
  )
}

function describeArticle({ article, runbook, sources }: PlanInput): Plan['article'] {
  const owner = runbook.owner ?? text(article.frontMatter['ms.author']) ?? text(article.frontMatter.author)
  const service = text(article.frontMatter['ms.service'])
  return {
    path: article.path,
    title: article.title,
    hash: article.hash,
    sources,
    ...(owner ? { owner } : {}),
    ...(service ? { service } : {}),
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function limitsOf({ limits = {} }: Runbook): Plan['limits'] {
  const milliseconds = (seconds: number | undefined, otherwise: number) =>
    seconds === undefined ? otherwise : seconds * 1000
  return {
    action: milliseconds(limits.action, defaultLimits.action),
    step: milliseconds(limits.step, defaultLimits.step),
    article: milliseconds(limits.article, defaultLimits.article),
  }
}

function planId(path: string, surface: string, variant: readonly string[]): string {
  const stem = path.replace(/\.md$/i, '').replace(/^(?:\.\.?\/)+/, '')
  const words = [stem.length > 60 ? basename(stem) : stem, ...variant, surface]
  return words
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
