import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import type { Plan, SurfaceName } from '../../src/plan/plan.ts'
import { readRunbook } from '../../src/plan/runbook.ts'
import { actionsOf, planOf, rulesOf, vaultArticle } from './plan-of.ts'

const fixtures = fileURLToPath(new URL('../../fixtures/runbooks/', import.meta.url))
const goldens: [folder: string, surface: SurfaceName][] = [
  ['vault', 'portal'],
  ['answers', 'portal'],
  ['shell', 'portal'],
  ['shell', 'shell'],
]

for (const [folder, surface] of goldens)
  test(`plans fixtures/runbooks/${folder} on the ${surface} surface as its golden file says`, () => {
    const golden = `${fixtures}${folder}/plan.${surface}.json`
    const told = `${JSON.stringify(planOfFolder(folder, surface), null, 2)}\n`
    if (process.env['UPDATE'] === '1') writeFileSync(golden, told)
    expect(told).toBe(readFileSync(golden, 'utf8'))
  })

/** A plan of `fixtures/runbooks/<folder>`: `article.md`, its runbook where there is one, and what it includes. */
function planOfFolder(folder: string, surface: SurfaceName): Plan {
  const read = (name: string) =>
    existsSync(`${fixtures}${folder}/${name}`) ? readFileSync(`${fixtures}${folder}/${name}`, 'utf8') : undefined
  const { runbook, problems } = readRunbook(read('article.runbook.yaml') ?? '')
  expect(problems).toEqual([])
  return planOf(read('article.md') ?? '', {
    surface,
    runbook,
    allowShell: runbook.shell ?? false,
    env: { BACKUP_KEY: 'canary-7431' },
    files: Object.fromEntries(
      readdirSync(`${fixtures}${folder}`, { recursive: true, encoding: 'utf8' }).flatMap(name =>
        name.endsWith('.md') ? [[name, read(name) ?? '']] : [],
      ),
    ),
  })
}

test('holds what a report needs of the article', () => {
  const plan = planOf(vaultArticle, { path: 'docs/vault.md' })
  expect(plan.article).toMatchObject({
    path: 'docs/vault.md',
    title: 'Store backups in a vault',
    owner: 'casey',
    service: 'azure-backup',
  })
  expect(plan.article.hash).toMatch(/^[0-9a-f]{64}$/)
  expect(plan.id).toBe('docs-vault-portal')
})

test('lets the runbook name the owner', () => {
  expect(planOf(vaultArticle, { runbook: { owner: 'robin' } }).article.owner).toBe('robin')
})

test('counts the runbook’s time limits in seconds, and fills in the others', () => {
  expect(planOf(vaultArticle, { runbook: { limits: { step: 30 } } }).limits).toEqual({
    action: 15_000,
    step: 30_000,
    article: 900_000,
  })
})

test('goes through JSON unharmed', () => {
  const plan = planOf(vaultArticle)
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
})

const skipNames: [how: string, name: (plan: Plan) => string][] = [
  ['heading and number', () => 'Create the vault #3'],
  ['heading and number in another case', () => 'create the vault # 3'],
  ['fingerprint', plan => plan.steps[2]?.id ?? ''],
]

for (const [how, name] of skipNames)
  test(`skips a step by its ${how}, with the reason`, () => {
    const step = name(planOf(vaultArticle))
    const plan = planOf(vaultArticle, { runbook: { skip: [{ step, reason: 'not offered here' }] } })
    expect(plan.refusals).toEqual([])
    expect(plan.steps.map(({ skip }) => skip)).toEqual([
      undefined,
      undefined,
      'not offered here',
      ...Array.from({ length: 5 }, () => undefined),
    ])
    expect(plan.steps[2]?.actions).toEqual([])
    expect(plan.resources.at(-1)?.properties).toEqual([])
  })

const strangers = ['Create the vault #9', 'Make the vault #3', 'Create the vault', '#3', '000000000000']

for (const step of strangers)
  test(`refuses a runbook that skips “${step}”, which no step is called`, () => {
    const plan = planOf(vaultArticle, { runbook: { skip: [{ step, reason: 'why not' }] } })
    expect(rulesOf(plan)).toEqual(['runbook-matches-nothing'])
    expect(plan.refusals[0]?.message).toContain(`'${step}'`)
  })

test('still matches a fingerprint when the article has moved its lines', () => {
  const [, , third] = planOf(vaultArticle).steps
  const moved = vaultArticle.replace('## Create the vault', 'Some words first.\n\n## Create the vault')
  const plan = planOf(moved, { runbook: { skip: [{ step: third?.id ?? '', reason: 'not offered here' }] } })
  expect(plan.steps[2]?.skip).toBe('not offered here')
})

const article = (...sentences: string[]) =>
  ['# Try it', '', '## Do it', '', ...sentences.map(sentence => `1. ${sentence}`), ''].join('\n')

const refused: [what: string, sentence: string, rule: string][] = [
  ['an instruction that nobody understands', 'Frobnicate the **Widget** sideways until it hums.', 'unknown-step'],
  ['work outside of the product', 'Drag the tile to the top of the dashboard.', 'manual-step'],
  ['another article’s steps', 'Follow the steps in [Make a network](network.md).', 'follow-step'],
  ['a placeholder', 'For **Region**, select a region.', 'placeholder-without-answer'],
]

for (const [what, sentence, rule] of refused) {
  test(`refuses an article with ${what}, at its line, and says what to do`, () => {
    const plan = planOf(article('Select **Save**.', sentence))
    expect(rulesOf(plan)).toContain(rule)
    for (const refusal of plan.refusals) {
      expect(refusal.place.start.line).toBe(6)
      expect(refusal.remedy).not.toBe('')
    }
  })

  test(`runs an article with ${what} where the runbook skips that step`, () => {
    const runbook = { skip: [{ step: 'Do it #2', reason: 'not here' }] }
    expect(planOf(article('Select **Save**.', sentence), { runbook }).refusals).toEqual([])
  })
}

test('refuses an article without a procedure', () => {
  expect(rulesOf(planOf('# Just words\n\nNothing to do here.\n'))).toEqual(['no-procedure'])
})

test('refuses an article of which the runbook leaves nothing to do', () => {
  const runbook = { skip: [{ step: 'Do it #1', reason: 'not here' }] }
  const plan = planOf(article('Select **Save**.'), { runbook })
  expect(rulesOf(plan)).toEqual(['no-procedure'])
  expect(plan.refusals[0]?.message).toContain('No step')
})

test('refuses an article that is broken', () => {
  const plan = planOf(`---\ntitle: [\n---\n${article('Select **Save**.')}`)
  expect(plan.refusals).not.toEqual([])
})

test('runs an article whose image is missing', () => {
  const text = article(
    'Select **Save**.\n\n   :::image type="content" source="media/gone.png" alt-text="The Save button.":::',
  )
  const plan = planOf(text)
  expect(plan.refusals).toEqual([])
  expect(plan.steps[0]?.images).toMatchObject([{ source: 'media/gone.png', alt: 'The Save button.' }])
})

test('lists refusals in the article’s order', () => {
  const plan = planOf(
    article('For **Region**, select a region.', 'Drag the tile to the top.', 'For **Zone**, select a zone.'),
  )
  expect(plan.refusals.map(({ place }) => place.start.line)).toEqual([5, 6, 7])
})

test('refuses shell code that a prompt would lead to, unless it is allowed', () => {
  const text = article('If prompted, run `az login --use-device-code`.', 'Select **Save**.')
  const [first] = actionsOf(planOf(text))
  expect(first?.said).toMatchObject({ do: 'run', when: 'prompted' })
  expect(rulesOf(planOf(text))).toEqual(['shell-not-allowed'])
  expect(rulesOf(planOf(text, { allowShell: true }))).toEqual([])
})

test('points into the included file that a step comes from', () => {
  const plan = planOf('# Try it\n\n## Do it\n\n[!INCLUDE [steps](includes/steps.md)]\n', {
    files: { 'includes/steps.md': '1. Select **Save**.\n' },
  })
  expect(plan.steps[0]?.place).toMatchObject({ path: 'includes/steps.md', start: { line: 1 } })
})
