import { mkdirSync } from 'node:fs'
import { inspect } from 'node:util'
import { CloudDefinition } from '../../src/cloud/definition.ts'
import { openResourceManager, type ResourceManager } from '../../src/cloud/resource-manager.ts'
import { openArmSurface } from '../../src/execution/arm/arm-surface.ts'
import { openItems, openLedger, readLedger, type LedgerEntry } from '../../src/execution/ledger.ts'
import { runSteps } from '../../src/execution/run-steps.ts'
import { StepFailure } from '../../src/execution/step-failure.ts'
import type { Surface, Surroundings } from '../../src/execution/surface.ts'
import type { Place } from '../../src/article/article.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { openLines, readLines, type RunEvent } from '../../src/result/journal.ts'
import type { StepResult } from '../../src/result/result.ts'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { planOf, vaultArticle } from '../plan/plan-of.ts'
import { expect, test } from '../sandbox/sandbox-fixture.ts'

interface Ran {
  failure: StepFailure | undefined
  steps: StepResult[]
  events: RunEvent[]
  ledger: LedgerEntry[]
  manager: ResourceManager
}

/** Carries a plan out against a sandbox, on paper unless told otherwise. */
async function run(
  { definition }: Sandbox,
  plan: Plan,
  more: { secrets?: Record<string, string>; surface?: (surroundings: Surroundings) => Surface } = {},
): Promise<Ran> {
  const output = test.info().outputPath(`run-${Math.random().toString(36).slice(2)}`)
  mkdirSync(output, { recursive: true })
  const cloud = CloudDefinition.parse(definition)
  const manager = await openResourceManager(cloud)
  const secrets = more.secrets ?? {}
  const surroundings: Surroundings = {
    plan,
    cloud,
    manager,
    locations: () => manager.locations(),
    whenNeeded: () => Promise.resolve(),
    secrets,
    output,
  }
  const surface = (more.surface ?? openArmSurface)(surroundings)
  const journal = openLines<RunEvent>(`${output}/journal.jsonl`)
  const ledger = openLedger(output, 'article')
  const failure = await runSteps(surroundings, surface, {
    journal,
    ledger,
    entries: [],
    inStep: (_, body) => body(),
  }).then(
    () => undefined,
    (error: unknown) => error as StepFailure,
  )
  await surface.close()
  const events = readLines<RunEvent>(`${output}/journal.jsonl`)
  const steps = events.flatMap(event => (event.type === 'step-finished' ? [event.step] : []))
  return { failure, steps, events, ledger: readLedger(output), manager }
}

const armPlan = (text = vaultArticle, more: Parameters<typeof planOf>[1] = {}) =>
  planOf(text, { surface: 'arm', subscription: 'Verbatim Sandbox', ...more })

test('makes what the article describes, proves it, deletes it, and leaves nothing open', async ({ sandbox }) => {
  const { failure, steps, events, ledger, manager } = await run(sandbox, armPlan())
  expect(failure).toBeUndefined()
  expect(steps.map(({ status }) => status)).not.toContain('failed')
  const resources = events.flatMap(event => (event.type === 'resource' ? [event.resource] : []))
  expect(resources.map(({ name, status }) => [name, status])).toEqual([
    ['myGroup-k3x9q2', 'as-described'],
    ['myVault-k3x9q2', 'as-described'],
    ['myGroup-k3x9q2', 'deleted'],
  ])
  expect(ledger.map(({ type }) => type)).toEqual(['expected', 'expected', 'appeared', 'appeared', 'gone', 'gone'])
  expect(openItems(ledger)).toEqual([])
  expect(await manager.resourceGroups()).toEqual([])
})

test('notes what may come into being before anything is asked for', async ({ sandbox }) => {
  let noted: LedgerEntry[] = []
  const surface = (surroundings: Surroundings): Surface => ({
    async perform({ effect }) {
      if (effect?.kind === 'create') noted = readLedger(surroundings.output)
      if (effect) throw new Error('The browser died.')
      return { status: 'passed', remarks: [] }
    },
    async close() {},
  })
  const { failure, ledger } = await run(sandbox, armPlan(), { surface })
  expect(failure?.verdict).toBe('driver')
  expect(noted.map(({ type }) => type)).toEqual(['expected', 'expected'])
  expect(openItems(ledger).map(({ appeared }) => appeared)).toEqual([false, false])
})

test('stops at the first step that fails', async ({ sandbox }) => {
  const { failure, steps } = await run(sandbox, armPlan(vaultArticle.replace('North Europe', 'Atlantis')))
  expect(failure).toBeInstanceOf(StepFailure)
  expect(failure?.problem).toMatchObject({ rule: 'value-not-offered', said: 'Atlantis' })
  expect(failure?.problem.place.start.line).toBe(vaultArticle.split('\n').findIndex(row => row.includes('Region')) + 1)
  expect(steps.at(-1)).toMatchObject({ status: 'failed', verdict: 'doc', drift: 'blocking', number: '2' })
  expect(steps).toHaveLength(2)
})

test('fails at the command that sends a form without what it requires, and makes nothing', async ({ sandbox }) => {
  const { failure, manager } = await run(sandbox, armPlan(vaultArticle.replace(/ {4}\| Region.*\n/, '')))
  expect(failure?.problem).toMatchObject({ rule: 'setting-missing' })
  expect(failure?.message).toContain('Region')
  expect(await manager.resourceGroups()).toEqual([])
})

test('never deletes what this run did not make', async ({ sandbox }) => {
  const manager = await openResourceManager(CloudDefinition.parse(sandbox.definition))
  const id = `/subscriptions/${sandbox.definition.subscription}/resourceGroups/theirs`
  await manager.write(
    { type: 'Microsoft.Resources/resourceGroups', id, apiVersion: '2021-04-01' },
    { location: 'westus' },
  )
  const text = '# Remove\n\n## Clean up\n\n1. Search for *theirs*.\n1. Select **Delete resource group**.\n'
  const { failure } = await run(sandbox, armPlan(text, { names: 'literal' }))
  expect(failure?.problem.rule).toBe('not-ours-to-delete')
  expect((await manager.resourceGroups()).map(({ name }) => name)).toEqual(['theirs'])
})

test('says at the command that nobody said what it deletes', async ({ sandbox }) => {
  const text = '# Remove\n\n## Clean up\n\n1. Search for *Resource groups*.\n1. Select **Delete resource group**.\n'
  const { failure } = await run(sandbox, armPlan(text, { names: 'literal' }))
  expect(failure?.problem.rule).toBe('nothing-to-delete')
  expect(failure?.message).toContain('Nothing before this step says which resource group it deletes.')
  expect(failure?.problem.place.start.line).toBe(6)
})

for (const answer of ['Confirm deletion', 'Delmeadow'])
  test(`lets the next step answer what a page asks about a deletion: ${answer}`, async ({ sandbox }) => {
    const text = vaultArticle.replace(/$/, `1. Select **${answer}**.\n`)
    const plan = armPlan(text)
    // A page that asks before it deletes, and whose one button has a name that nobody knows beforehand.
    const surface = (surroundings: Surroundings): Surface => {
      const paper = openArmSurface(surroundings)
      let asks = false
      return {
        ...paper,
        async perform(planned, step) {
          const { target } = planned.action
          if (target === 'Delete') asks = true
          if (target === 'Delete') return { status: 'passed', remarks: [] }
          if (asks && target !== 'Confirm deletion') throw notThere(planned.said)
          const effect = plan.steps
            .flatMap(({ actions }) => actions)
            .find(each => each.effect?.kind === 'delete')?.effect
          if (asks && effect?.kind === 'delete')
            await surroundings.manager.remove({
              type: effect.type,
              id: effect.id.replace('{subscription}', surroundings.manager.subscriptionId),
            })
          return asks ? { status: 'passed', remarks: [] } : paper.perform(planned, step)
        },
        question: () => Promise.resolve(asks ? 'Are you sure?' : undefined),
      }
    }
    const { failure, steps, manager } = await run(sandbox, plan, { surface })
    const [before, last] = steps.slice(-2)
    expect(before).toMatchObject({
      status: 'passed',
      actions: [{}, { effect: 'the page asks, and the next step may be the answer' }],
    })
    if (answer === 'Delmeadow') {
      expect(failure?.problem).toMatchObject({
        rule: 'control-not-found',
        place: { start: { line: text.split('\n').length - 1 } },
      })
      return
    }
    expect(failure).toBeUndefined()
    expect(last?.actions[0]?.effect).toMatch(/^myGroup-\w+ and all in it are gone$/)
    expect(await manager.resourceGroups()).toEqual([])
  })

function notThere({ target, place }: { target?: string; place: Place }): StepFailure {
  return new StepFailure(
    { rule: 'control-not-found', message: `There is no control “${target}”.`, remedy: 'Look.', place },
    { verdict: 'doc', drift: 'blocking' },
  )
}

test('says that there is nothing to delete where no step has made it', async ({ sandbox }) => {
  const text = '# Remove\n\n## Clean up\n\n1. Search for *nowhere*.\n1. Select **Delete resource group**.\n'
  const { failure, steps } = await run(sandbox, armPlan(text, { names: 'literal' }))
  expect(failure?.problem).toMatchObject({ rule: 'nothing-to-delete', said: 'nowhere' })
  expect(failure?.problem.place.start.line).toBe(5)
  expect(steps.at(-1)).toMatchObject({ status: 'failed', verdict: 'doc', drift: 'blocking' })
})

test('puts a value that Resource Manager refuses down to the row that gives it, and makes nothing of it', async ({
  sandbox,
}) => {
  const text = vaultArticle.replace('Enter *myVault*', 'Enter *1_vault!*')
  expect(text).not.toBe(vaultArticle)
  const { failure, steps } = await run(sandbox, armPlan(text, { names: 'literal' }))
  expect(failure?.problem).toMatchObject({ rule: 'value-refused', said: '1_vault!' })
  expect(failure?.problem.place.start.line).toBe(text.split('\n').findIndex(row => row.includes('1_vault!')) + 1)
  expect(steps.at(-1)).toMatchObject({ status: 'failed', verdict: 'doc', drift: 'blocking' })
})

test('tells a name that is not valid where it is given, though a sentence after it holds the name that a form makes of it', async ({
  sandbox,
}) => {
  const text = `# Make

## Create it

1. On the **Virtual machines** page, select **+ Create**, and then select **Virtual machine**.
1. On the **Basics** tab of **Create a virtual machine**, enter *web<&>* for **Virtual machine name**.
1. Select the **Networking** tab, and make sure that **Public IP** is set to **(new) web-ip**.
1. Select **Create**.
`
  const { failure } = await run(sandbox, armPlan(text, { names: 'literal' }))
  expect(failure?.problem).toMatchObject({ rule: 'value-refused', said: 'web<&>' })
  expect(failure?.problem.place.start.line).toBe(6)
})

test('never deletes a group that was there before, though the article would make it', async ({ sandbox }) => {
  const manager = await openResourceManager(CloudDefinition.parse(sandbox.definition))
  const id = `/subscriptions/${sandbox.definition.subscription}/resourceGroups/myGroup`
  await manager.write(
    { type: 'Microsoft.Resources/resourceGroups', id, apiVersion: '2021-04-01' },
    { location: 'northeurope' },
  )
  const { failure, ledger } = await run(sandbox, armPlan(vaultArticle, { names: 'literal' }))
  expect(failure?.problem.rule).toBe('not-ours-to-delete')
  expect(openItems(ledger).map(({ resource }) => resource.id.split('/').at(-1))).toEqual(['myVault'])
  expect((await manager.resourceGroups()).map(({ name }) => name)).toEqual(['myGroup'])
})

test('tells a resource that came out otherwise than described, at the row that says so', async ({ sandbox }) => {
  const surface = (surroundings: Surroundings): Surface => {
    const paper = openArmSurface(surroundings)
    return {
      ...paper,
      perform(planned, step) {
        const { effect } = planned
        if (effect?.kind !== 'create') return paper.perform(planned, step)
        const resources = effect.resources.map(resource => ({
          ...resource,
          body: { ...resource.body, properties: {} },
        }))
        return paper.perform({ ...planned, effect: { kind: 'create', resources } }, step)
      },
    }
  }
  const { failure, events } = await run(sandbox, armPlan(), { surface })
  expect(failure?.problem).toMatchObject({ rule: 'resource-differs' })
  expect(failure?.problem.place.start.line).toBe(
    vaultArticle.split('\n').findIndex(row => row.includes('Locally-redundant')) + 1,
  )
  expect(failure?.verdict).toBe('product')
  expect(events).toContainEqual(
    expect.objectContaining({ resource: expect.objectContaining({ status: 'differs' }) as unknown }),
  )
})

test('says why it left out what the runbook skips and what the article offers', async ({ sandbox }) => {
  const text =
    '# Try\n\n## Do\n\n1. Sign in to the [Azure portal](https://portal.azure.com).\n1. Select **Save**.\n1. Optionally, select **Tags**.\n1. If you have a key, select **Key**.\n'
  const runbook = { skip: [{ step: 'Do #2', reason: 'not here' }] }
  const { steps } = await run(sandbox, armPlan(text, { runbook }))
  expect(steps.map(({ status, reason }) => [status, reason])).toEqual([
    ['passed', undefined],
    ['skipped', 'not here'],
    ['skipped', 'The article says that it may be left out.'],
    ['skipped', 'It depends on a condition: you have a key.'],
  ])
})

test('keeps secrets out of the journal and of what is thrown, whatever tells them', async ({ sandbox }) => {
  const surface = (): Surface => ({
    async perform() {
      throw new Error('It said canary-7431 and canary-7431.')
    },
    output: () => 'printed canary-7431',
    async close() {},
  })
  const { events, failure } = await run(sandbox, armPlan(), { surface, secrets: { key: 'canary-7431' } })
  expect(JSON.stringify(events)).not.toContain('canary')
  expect(JSON.stringify(events)).toContain('***')
  expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain('canary')
  expect(failure?.problem.detail).toContain('It said ***')
})

test('ends a step at its time limit, and blames the surroundings', async ({ sandbox }) => {
  const surface = (): Surface => ({ perform: () => new Promise(() => undefined), async close() {} })
  const plan = armPlan(vaultArticle, { runbook: { limits: { step: 0.3 } } })
  const { failure, steps } = await run(sandbox, plan, { surface })
  expect(failure).toMatchObject({ verdict: 'environment', timedOut: true })
  expect(steps).toMatchObject([{ status: 'failed', timedOut: true, error: { rule: 'step-timed-out' } }])
})

test('shows a step that was only followed on paper as assumed, never as passed', async ({ sandbox }) => {
  const { steps } = await run(sandbox, armPlan('# Try\n\n## Do\n\n1. Select **Vaults**.\n'))
  expect(steps).toMatchObject([{ status: 'assumed' }])
})
