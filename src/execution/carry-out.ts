import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { test, type Page } from '@playwright/test'
import { secretsOf } from '../cloud/definition.ts'
import type { Location } from '../cloud/resource-manager.ts'
import { resourceManagerWhenUsed } from '../cloud/resource-manager-when-used.ts'
import type { Plan, PlannedStep } from '../plan/plan.ts'
import { openLines, type RunEvent } from '../result/journal.ts'
import { articleJournal } from './journal-files.ts'
import { openLedger } from './ledger.ts'
import { whenNeeded } from './when-needed.ts'
import { ordersVariable, type WorkerOrders } from './orders.ts'
import { runSteps } from './run-steps.ts'
import { plansReady } from './spec.ts'
import type { Surface, Surroundings } from './surface.ts'

export { test }

/**
 * What a generated spec's test calls: carries its plan out, each step of the article as a `test.step` at the article's
 * line. The portal surface gets Playwright's page, so that its traces, videos and UI mode show it.
 *
 * @throws StepFailure with the article's place where a step fails.
 */
export async function carryOut(planAddress: URL, page?: Page): Promise<void> {
  const plan = await readPlan(planAddress)
  test.setTimeout(plan.limits.article + waitFor(plan))
  await runArticle(plan, page)
}

/** What others need first has its own time, in milliseconds. */
function waitFor({ steps }: Plan): number {
  return steps.reduce((sum, { needed }) => sum + (needed?.limit ?? 0), 0)
}

/** How long the command may take to complete the plans after Playwright has started, in milliseconds. */
const planLimit = 120_000

async function readPlan(address: URL): Promise<Plan> {
  test.setTimeout(planLimit)
  const deadline = Date.now() + planLimit
  while (!existsSync(new URL(plansReady, address))) {
    if (Date.now() > deadline) throw new Error('The command that started this run never completed its plans.')
    await sleep(15)
  }
  return JSON.parse(readFileSync(fileURLToPath(address), 'utf8')) as Plan
}

async function runArticle(plan: Plan, page: Page | undefined): Promise<void> {
  const { cloud, secrets, output } = readOrders()
  const began = Date.now()
  const journal = openLines<RunEvent>(articleJournal(output, plan.id))
  const ledger = openLedger(output, plan.id)
  journal.append({ type: 'article-started', article: plan.id, at: new Date(began).toISOString() })
  let current: PlannedStep | undefined
  const { manager, prepare } = resourceManagerWhenUsed(cloud, {
    correlation: crypto.randomUUID(),
    onRequest: request =>
      journal.append({
        type: 'request',
        article: plan.id,
        request: {
          ...request,
          ...(current ? { step: current.id } : {}),
          purpose: plan.surface === 'arm' ? 'action' : 'read-back',
        },
      }),
  })
  // While the portal's first page is under way there is time; on the other surfaces the first step needs it.
  if (page) page.once('request', () => void prepare())
  else await prepare()
  let known: Promise<Location[]> | undefined
  const surroundings: Surroundings = {
    plan,
    cloud,
    manager,
    locations: () => (known ??= manager.locations()),
    whenNeeded: (needed, place) => whenNeeded(needed, { output, place }),
    secrets: { ...secrets, ...Object.fromEntries(secretsOf(cloud).map((secret, at) => [`cloud-${at}`, secret])) },
    output,
  }
  const surface = await openSurface(surroundings, page)
  try {
    await runSteps(surroundings, surface, {
      journal,
      ledger,
      entries: [],
      inStep: async (step, body) => {
        current = step
        const { path, start } = step.place
        await test.step(titleOf(step), body, {
          location: { file: resolve(path), line: start.line, column: start.column },
        })
      },
    })
  } finally {
    await surface.close()
    journal.append({ type: 'article-finished', article: plan.id, duration: Date.now() - began })
    journal.close()
    ledger.close()
  }
}

/** Only the modules of the surface in question are loaded. */
async function openSurface(surroundings: Surroundings, page: Page | undefined): Promise<Surface> {
  if (page) return (await import('./portal/portal-surface.ts')).openPortalSurface(surroundings, page)
  return (await import('./arm/arm-surface.ts')).openArmSurface(surroundings)
}

function readOrders(): WorkerOrders {
  const orders = process.env[ordersVariable]
  if (orders) return JSON.parse(orders) as WorkerOrders
  throw new Error(
    'This spec was written by `verbatim run`, which gives it its cloud and its credentials: start it through `verbatim run`, with --ui, --headed or --debug to watch.',
  )
}

function titleOf({ number, title, procedure }: PlannedStep): string {
  const words = title.replace(/\s+/g, ' ').trim() || procedure
  return `${number}. ${words.length > 120 ? `${words.slice(0, 119)}…` : words}`
}
