import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from '../article/article.ts'
import { armError } from '../cloud/arm-error.ts'
import { leftOutBecause } from '../plan/left-out.ts'
import type { Effect, ExpectedResource, PlannedAction, PlannedStep } from '../plan/plan.ts'
import { resourceGroupType, type Resource } from '../cloud/resource-manager.ts'
import type { LineWriter, RunEvent } from '../result/journal.ts'
import type { ActionResult, Drift, Remark, ResourceResult, StepResult } from '../result/result.ts'
import { worse } from '../result/status.ts'
import { existedBefore, type Ledger, type LedgerEntry } from './ledger.ts'
import { firstAction } from './first-result.ts'
import { maskWith, maskedCopy } from './mask.ts'
import { findMadeBeside, idsInGroup } from './made-beside.ts'
import { requestBody } from './request-body.ts'
import { placeOfWords } from './words-place.ts'
import { addressOf, groupAddress, readAbsence, readBack } from './read-back.ts'
import { StepFailure, maskedFailure, refusedByCloud, stepFailure } from './step-failure.ts'
import type { Outcome, Surface, Surroundings } from './surface.ts'

/** Where a plan's steps are told to. */
export interface Telling {
  journal: LineWriter<RunEvent>
  ledger: Ledger
  /** What the ledger holds so far, for telling what is ours. */
  entries: LedgerEntry[]
  /** Wraps a step, so that Playwright shows it at the article's line. */
  inStep(step: PlannedStep, body: () => Promise<void>): Promise<void>
}

/**
 * Carries out a plan's steps in order on one surface; after each action its effect on the cloud is read back. The first
 * failing step ends the article: what follows it stays `not-run`.
 *
 * @throws StepFailure the first failure, after it was written.
 */
export async function runSteps(surroundings: Surroundings, surface: Surface, telling: Telling): Promise<void> {
  const mask = maskWith(Object.values(surroundings.secrets))
  const run: Run = { surroundings, surface, telling, mask, before: new Map(), asked: [] }
  for (const step of surroundings.plan.steps) {
    if (step.skip === undefined && step.actions.length === 0 && !step.setUp && !step.needed) continue
    await telling.inStep(step, () => runStep(step, run))
  }
}

/** Puts in place what the runbook asks for. What is there already is left as it is. Its failure is never the article's. */
async function setUp(resources: readonly ExpectedResource[], run: Run): Promise<void> {
  const { surroundings, telling } = run
  const { manager, plan } = surroundings
  for (const resource of resources) {
    const address = addressOf(resource, manager.subscriptionId)
    try {
      if (await expectResource(resource, resource.place, run)) continue
      const made = await manager.write(address, await requestBody(resource, surroundings))
      telling.ledger.append({ type: 'appeared', article: plan.id, id: address.id, at: new Date().toISOString() })
      const snapshot = made as unknown as NonNullable<ResourceResult['snapshot']>
      const { type, name, place } = resource
      const result: ResourceResult = { type, name, id: address.id, status: 'as-described', differences: [], place }
      tellResource({ ...result, snapshot }, run)
      await noteMadeBeside(resource, { ...result, snapshot }, place, run)
    } catch (error) {
      throw setUpFailed(resource, error)
    }
  }
}

function setUpFailed({ type, name, place }: ExpectedResource, error: unknown): StepFailure {
  const { code, message } = armError(error)
  return new StepFailure(
    {
      rule: 'set-up-failed',
      message: `Set-up could not make ${type} '${name}': ${code}: ${message.split('\n', 1)[0] ?? ''}`,
      remedy: 'Correct the entry in `setup` of the runbook; the article was not tried.',
      place,
      detail: message,
    },
    { verdict: 'environment', cause: error },
  )
}

interface Run {
  surroundings: Surroundings
  surface: Surface
  telling: Telling
  mask: (text: string) => string
  /** Name of a group of others, in lower case -> the ids of what was in it before anything of ours. */
  before: Map<string, ReadonlySet<string>>
  /** Deletions about which the page has asked, and whose proof is due after the answer. */
  asked: Due[]
}

/** What an action is to have done. */
interface Due {
  effect: Effect
  planned: PlannedAction
}

async function runStep(step: PlannedStep, run: Run): Promise<void> {
  const { surroundings, surface, telling, mask } = run
  const { plan } = surroundings
  let began = Date.now()
  const startedAt = new Date(began).toISOString()
  const actions = step.actions.map(planned => firstAction(planned))
  const result: StepResult = {
    id: step.id,
    number: step.number,
    procedure: step.procedure,
    title: step.title,
    place: step.place,
    status: 'not-run',
    startedAt,
    duration: 0,
    timedOut: false,
    actions,
    ...(step.images.length > 0 ? { images: step.images } : {}),
  }
  const finish = (more: Partial<StepResult>) => {
    Object.assign(result, more, { duration: Date.now() - began })
    telling.journal.append({ type: 'step-finished', article: plan.id, step: maskedCopy(result, mask) })
  }
  if (step.skip !== undefined) return finish({ status: 'skipped', reason: step.skip })

  telling.journal.append({ type: 'step-started', article: plan.id, step: step.id, at: startedAt })
  const limit = AbortSignal.timeout(plan.limits.step)
  try {
    if (step.needed) {
      await surroundings.whenNeeded(step.needed, step.place)
      // The time that others take is theirs.
      began = Date.now()
    }
    if (step.setUp) await withinLimit(setUp(step.setUp, run), step, limit)
    for (const [index, planned] of step.actions.entries())
      actions[index] = await withinLimit(runAction(planned, step, run), step, limit)
    await meetExpectations(step, run)
    const screenshot = step.needed ? undefined : await surface.picture?.(step, false)
    const output = surface.output?.()
    finish({
      ...summarise(actions),
      ...(step.setUp || step.needed ? { status: 'passed' as const } : {}),
      ...(screenshot ? { screenshot } : {}),
      ...(output ? { output } : {}),
    })
  } catch (error) {
    const place = step.actions[actions.findIndex(action => action.status === 'not-run')]?.said.place ?? step.place
    const failure = maskedFailure(stepFailure(error, place), mask)
    const at = actions.findIndex(action => action.status === 'not-run')
    const failing = actions[at]
    if (failing) failing.status = 'failed'
    const screenshot = await surface.picture?.(step, true).catch(() => undefined)
    const output = surface.output?.()
    finish({
      status: 'failed',
      verdict: failure.verdict,
      ...(failure.drift ? { drift: failure.drift } : failure.verdict === 'doc' ? { drift: 'blocking' as const } : {}),
      timedOut: failure.timedOut,
      error: failure.problem,
      ...(failure.suggestion ? { suggestion: failure.suggestion } : {}),
      ...(screenshot ? { screenshot } : {}),
      ...(output ? { output } : {}),
    })
    throw failure
  }
}

async function runAction(planned: PlannedAction, step: PlannedStep, run: Run): Promise<ActionResult> {
  const began = Date.now()
  const { said, effect } = planned
  const alternative = leftOutBecause(said)
  if (alternative !== undefined) return { ...firstAction(planned), status: 'skipped', reason: alternative }
  if (effect) await expectEffect(effect, planned, run)
  const outcome = withRemarks(await run.surface.perform(planned, step), planned)
  const proof = await prove(planned, outcome, run)
  return {
    ...firstAction(planned),
    ...toldOf(outcome, planned, step),
    ...(proof && outcome.status !== 'skipped' ? { effect: proof, status: 'passed' as const } : {}),
    place: said.place,
    duration: Date.now() - began,
  }
}

/** What an action did to the cloud; where the portal asks before it deletes, the proof waits for the answer. */
async function prove(planned: PlannedAction, { status }: Outcome, run: Run): Promise<string | undefined> {
  const { effect } = planned
  const own = effect && status !== 'skipped' && !isOnlyAsked(effect, run) ? [{ effect, planned }] : []
  const due = [...run.asked, ...own]
  run.asked = []
  const proofs: string[] = []
  for (const each of due) proofs.push(await proveOrWait(each, planned, run))
  return proofs.length === 0 ? undefined : proofs.join('; ')
}

async function proveOrWait(due: Due, now: PlannedAction, run: Run): Promise<string> {
  try {
    return await proveEffect(due.effect, due.planned, run)
  } catch (error) {
    const isAsked = error instanceof StepFailure && error.problem.rule === 'question-unanswered'
    if (!isAsked || !isAnsweredNext(now, run)) throw error
    run.asked.push(due)
    return 'the page asks, and the next step may be the answer'
  }
}

/** Whether the article goes straight on with a command: it may be called otherwise than the one that is known to confirm. */
function isAnsweredNext(planned: PlannedAction, { surroundings: { plan } }: Run): boolean {
  const all = plan.steps
    .filter(step => step.skip === undefined)
    .flatMap(({ actions, procedure }) => actions.map(action => ({ action, procedure })))
  const at = all.findIndex(({ action }) => action === planned)
  const [here, next] = all.slice(at, at + 2)
  return next !== undefined && next.procedure === here?.procedure && next.action.said.do === 'select'
}

/** The portal asks before it deletes; where no step confirms, what follows shows whether a reader gets on. */
function isOnlyAsked(effect: Effect, { surroundings }: Run): boolean {
  return effect.kind === 'delete' && effect.unconfirmed === true && surroundings.plan.surface === 'portal'
}

/** A form that could be sent though the article leaves out what it requires: it was sent with a default that no sentence names. */
function withRemarks(outcome: Outcome, planned: PlannedAction): Outcome {
  const { effect, unmapped, said } = planned
  const { place } = said
  if (unmapped && outcome.status === 'passed') {
    const remark: Remark = {
      rule: 'setting-unmapped',
      message: `Nobody has told Verbatim what “${said.target ?? said.where.at(-1) ?? ''}” becomes, so it could not be read back from Resource Manager.`,
    }
    return { ...outcome, remarks: [...outcome.remarks, remark] }
  }
  if (effect?.kind !== 'create') return outcome
  const remarks = effect.resources.flatMap(({ unsaid, type }) =>
    unsaid.map((setting): Remark => ({
      drift: 'misleading',
      rule: 'setting-unsaid',
      message: `${type} requires “${setting}”, and no sentence or row gives it: the form was sent with whatever stood there.`,
      place,
    })),
  )
  return { ...outcome, remarks: [...outcome.remarks, ...remarks] }
}

/** Notes in the ledger what the next action may bring into being or take away, before it does. */
async function expectEffect(effect: Effect, planned: PlannedAction, run: Run): Promise<void> {
  const { surroundings, telling } = run
  const { place } = planned.said
  if (effect.kind === 'delete') return guardDeletion(effect, { surroundings, telling })
  for (const resource of effect.resources) if (resource.id !== '') await expectResource(resource, place, run)
}

/** Notes that a resource may come into being. @returns whether it is there already, and so not ours. */
async function expectResource(resource: ExpectedResource, place: Place, run: Run): Promise<boolean> {
  const { surroundings, telling } = run
  const { manager, plan } = surroundings
  const address = addressOf(resource, manager.subscriptionId)
  const existed = (await readFor(place, () => manager.read(address))) !== undefined
  const at = new Date().toISOString()
  const entry: LedgerEntry = { type: 'expected', article: plan.id, resource: address, existed, at }
  telling.ledger.append(entry)
  telling.entries.push(entry)
  if (!existed) await lookAround(resource, place, run)
  return existed
}

/** What is in a group of others before something is made in it, so that what comes beside it can be told apart. */
async function lookAround(
  { resourceGroup, type }: ExpectedResource,
  place: Place,
  { surroundings: { manager }, telling, before }: Run,
): Promise<void> {
  if (resourceGroup === undefined || isPart(type) || before.has(resourceGroup.toLowerCase())) return
  const { id } = groupAddress(resourceGroup, manager.subscriptionId)
  if (isOurs(telling.entries, id)) return
  before.set(resourceGroup.toLowerCase(), await readFor(place, () => idsInGroup(resourceGroup, manager)))
}

/** What the form made beside its resource in a group of others is ours, too. In a group of ours it goes with the group. */
async function noteMadeBeside(
  { resourceGroup }: ExpectedResource,
  { snapshot, id }: ResourceResult,
  place: Place,
  { surroundings: { manager, cloud, plan }, telling, before }: Run,
): Promise<void> {
  const known = before.get(resourceGroup?.toLowerCase() ?? '')
  if (!known || !snapshot || !isOurs(telling.entries, id)) return
  const made = { ...(snapshot as unknown as Resource), id }
  const beside = await readFor(place, () => findMadeBeside(made, known, { manager, rehearsal: cloud.rehearsal }))
  const at = new Date().toISOString()
  for (const each of beside.filter(one => !isOurs(telling.entries, one.id))) {
    const resource = { type: each.type, id: each.id }
    const entry: LedgerEntry = { type: 'expected', article: plan.id, resource, existed: false, beside: id, at }
    telling.ledger.append(entry)
    telling.entries.push(entry)
    telling.ledger.append({ type: 'appeared', article: plan.id, id: each.id, at })
  }
}

/** > | Microsoft.RecoveryServices/vaults/backupFabrics/…: no list of a group has it. */
function isPart(type: string): boolean {
  return type.split('/').length > 2
}

function isOurs(entries: readonly LedgerEntry[], id: string): boolean {
  return entries.some(
    entry => entry.type === 'expected' && !entry.existed && entry.resource.id.toLowerCase() === id.toLowerCase(),
  )
}

type Deleting = Extract<Effect, { kind: 'delete' }>

/** Only what the run made may be deleted by the article's own steps. */
async function guardDeletion(
  effect: Deleting,
  { surroundings, telling }: Pick<Run, 'surroundings' | 'telling'>,
): Promise<void> {
  const { place } = effect
  if (effect.id === '') throw nothingToDelete(effect, place)
  const address = addressOf(effect, surroundings.manager.subscriptionId)
  if (isOurs(telling.entries, address.id) && !existedBefore(telling.entries, address.id)) return
  if ((await readFor(place, () => surroundings.manager.read(address))) === undefined)
    throw nothingToDelete(effect, place)
  throw new StepFailure(
    {
      rule: 'not-ours-to-delete',
      message: `Verbatim won't delete '${effect.name}': this run did not make it.`,
      remedy: 'Let the article make what it deletes, or skip the step in the runbook with a reason.',
      place,
    },
    { verdict: 'environment' },
  )
}

function nothingToDelete({ name, type }: Deleting, place: Place): StepFailure {
  const what = type === resourceGroupType ? 'resource group' : type
  return new StepFailure(
    {
      rule: 'nothing-to-delete',
      ...(name === ''
        ? { message: `Nothing before this step says which ${what} it deletes.` }
        : { message: `There is no ${what} '${name}' to delete: no step before this one makes it.`, said: name }),
      remedy: 'Use the name that the article gave to what it made.',
      place,
    },
    { verdict: 'doc', drift: 'blocking' },
  )
}

/** Reads back what an action left in the cloud, and compares it with what the article says. */
async function proveEffect(effect: Effect, planned: PlannedAction, run: Run): Promise<string> {
  const { surroundings, surface, telling } = run
  const { plan, manager } = surroundings
  const { place } = planned.said
  const limit = plan.limits.step * 0.9
  if (effect.kind === 'delete') {
    const address = addressOf(effect, manager.subscriptionId)
    const gone = await readFor(place, () => readAbsence(address, { surroundings, surface, limit, place }))
    const was: ResourceResult = {
      type: address.type,
      name: effect.name,
      id: address.id,
      status: gone ? 'deleted' : 'still-there',
      differences: [],
      place,
    }
    tellResource(was, run)
    if (!gone) throw stillThere(effect, limit, place)
    noteGone(address.id, run)
    return address.type === resourceGroupType ? `${effect.name} and all in it are gone` : `${effect.name} is gone`
  }
  const proofs: string[] = []
  for (const resource of effect.resources) {
    if (resource.id === '') continue
    const result = await readFor(place, () => readBack(resource, { surroundings, surface, limit, place }))
    telling.ledger.append({ type: 'appeared', article: plan.id, id: result.id, at: new Date().toISOString() })
    tellResource(result, run)
    if (effect.kind === 'create') await noteMadeBeside(resource, result, place, run)
    if (result.differences.length > 0) throw differs(resource, result)
    proofs.push(`${resource.type.split('/').at(-1)} '${resource.name}' is as described`)
  }
  return proofs.join('; ')
}

/** What the runbook expects beside the article must be there, too. */
async function meetExpectations({ expect = [], place }: PlannedStep, run: Run): Promise<void> {
  const { surroundings, surface } = run
  const limit = surroundings.plan.limits.action
  for (const resource of expect) {
    const result = await readFor(place, () => readBack(resource, { surroundings, surface, limit, place }))
    tellResource(result, run)
    if (result.differences.length > 0) throw differs(resource, result)
  }
}

/** The group, and what the ledger knows to have been in it. */
function noteGone(groupId: string, { telling, surroundings }: Run): void {
  const inGroup = (id: string) => `${id.toLowerCase()}/`.startsWith(`${groupId.toLowerCase()}/`)
  const ids = telling.entries.flatMap(entry =>
    entry.type === 'expected' && inGroup(entry.resource.id) ? [entry.resource.id] : [],
  )
  for (const id of new Set([groupId, ...ids])) {
    const entry: LedgerEntry = {
      type: 'gone',
      article: surroundings.plan.id,
      id,
      by: 'article',
      at: new Date().toISOString(),
    }
    telling.ledger.append(entry)
    telling.entries.push(entry)
  }
}

function tellResource(resource: ResourceResult, { telling, surroundings, mask }: Run): void {
  const { snapshot } = resource
  telling.journal.append({
    type: 'resource',
    article: surroundings.plan.id,
    resource: snapshot ? { ...resource, snapshot: maskedCopy(snapshot, mask) } : resource,
  })
}

async function readFor<Value>(place: Place, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read()
  } catch (error) {
    throw error instanceof StepFailure ? error : refusedByCloud(error, place)
  }
}

async function withinLimit<Value>(work: Promise<Value>, step: PlannedStep, limit: AbortSignal): Promise<Value> {
  const ended = new AbortController()
  const expiry = new Promise<never>((_, reject) => {
    const expire = () => reject(stepTimedOut(step))
    if (limit.aborted) expire()
    limit.addEventListener('abort', expire, { once: true, signal: ended.signal })
  })
  try {
    return await Promise.race([work, expiry])
  } finally {
    ended.abort()
    work.catch(() => undefined)
    await sleep(0)
  }
}

function stepTimedOut(step: PlannedStep): StepFailure {
  return new StepFailure(
    {
      rule: 'step-timed-out',
      message: 'The step did not end within its time limit.',
      remedy: 'Raise `limits: { step: … }` in the runbook if the service needs longer.',
      place: step.place,
    },
    { verdict: 'environment', timedOut: true },
  )
}

function stillThere({ name, type }: Deleting, limit: number, place: Place): StepFailure {
  return new StepFailure(
    {
      rule: 'deletion-not-done',
      message: `${type === resourceGroupType ? 'Resource group' : type} '${name}' is still there ${Math.round(limit / 1000)} s after the article deleted it.`,
      remedy: 'Raise `limits: { step: … }` in the runbook if the service needs longer.',
      place,
    },
    { verdict: 'product', timedOut: true },
  )
}

function differs(expected: ExpectedResource, { differences, name }: ResourceResult): StepFailure {
  const [first] = differences
  return new StepFailure(
    {
      rule: 'resource-differs',
      message: `'${name}' was made, but not as the article describes it: ${differences.map(({ setting, said, found }) => `${setting} is ${found}, not ${said}`).join('; ')}.`,
      found: differences.map(({ setting, found }) => `${setting}: ${found}`),
      remedy: 'Either the form has changed what this setting does, or the table is wrong.',
      place: first?.place ?? expected.place,
    },
    { verdict: 'product' },
  )
}

function toldOf(
  { status, remarks, effect, reason }: Outcome,
  planned: PlannedAction,
  step: PlannedStep,
): Partial<ActionResult> {
  const drifted = status === 'passed' && remarks.some(remark => remark.drift !== undefined)
  return {
    status: drifted ? 'drifted' : status,
    remarks: remarks.map(remark => withSuggestion(remark, planned, step)),
    ...(effect ? { effect } : {}),
    ...(reason ? { reason } : {}),
  }
}

/** A label or value that is on screen in other words: the article's words, and what they should be. */
function withSuggestion(remark: Remark, { said }: PlannedAction, step: PlannedStep): Remark {
  const before =
    remark.rule === 'label-differs'
      ? said.target
      : remark.rule === 'value-differs' && 'value' in said
        ? said.value
        : undefined
  if (before === undefined || remark.found === undefined) return remark
  const words = placeOfWords(before, said.place, step.place)
  return words
    ? { ...remark, place: words, suggestion: { place: words, before, after: remark.found, reason: remark.message } }
    : remark
}

/** A step is what its actions are: drifted before passed, passed before assumed, assumed before skipped. */
function summarise(
  actions: readonly ActionResult[],
): Pick<StepResult, 'status'> & { drift?: Drift; verdict?: 'doc'; reason?: string } {
  const remarks = actions.flatMap<Remark>(action => action.remarks)
  const drift = remarks.reduce<Drift | undefined>((worst, remark) => worse(worst, remark.drift), undefined)
  if (drift) return { status: 'drifted', drift, verdict: 'doc' }
  if (actions.some(action => action.status === 'passed')) return { status: 'passed' }
  const reason = actions.find(action => action.reason !== undefined)?.reason
  const status = actions.some(action => action.status === 'assumed') ? 'assumed' : 'skipped'
  return { status, ...(reason === undefined ? {} : { reason }) }
}
