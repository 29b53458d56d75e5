import { expect, test } from '@playwright/test'
import { planOf } from './plan-of.ts'
import type { PlanInput } from '../../src/plan/make-plan.ts'

const tabs = [
  '# Rename a disk',
  '',
  '## Rename',
  '',
  '# [Azure portal](#tab/azure-portal)',
  '',
  '1. Select **Portal rename**.',
  '',
  '# [Azure CLI](#tab/azure-cli)',
  '',
  '1. Select **Terminal rename**.',
  '',
  '# [PowerShell](#tab/azure-powershell)',
  '',
  '1. Select **Script rename**.',
  '',
  '---',
  '',
  '## Look',
  '',
  '# [Azure portal](#tab/azure-portal)',
  '',
  '1. Select **Portal look**.',
  '',
  '# [Azure CLI](#tab/azure-cli)',
  '',
  '1. Select **Terminal look**.',
  '',
  '---',
  '',
  '## End',
  '',
  '1. Select **Save**.',
  '',
].join('\n')

const pivots = [
  '---',
  'zone_pivot_groups: ways',
  '---',
  '# Rename a disk',
  '',
  '::: zone pivot="scripted"',
  '',
  '## Rename by script',
  '',
  '1. Select **Script rename**.',
  '',
  '::: zone-end',
  '',
  '::: zone pivot="console"',
  '',
  '## Rename by hand',
  '',
  '1. Select **Hand rename**.',
  '',
  '::: zone-end',
  '',
].join('\n')

const choices: [what: string, text: string, changes: Partial<PlanInput>, labels: string[], variant: string[]][] = [
  ['the portal’s tab on the portal', tabs, {}, ['Portal rename', 'Portal look', 'Save'], ['Azure portal']],
  ['the portal’s tab on paper', tabs, { surface: 'arm' }, ['Portal rename', 'Portal look', 'Save'], ['Azure portal']],
  [
    'the command line’s tab in a shell',
    tabs,
    { surface: 'shell' },
    ['Terminal rename', 'Terminal look', 'Save'],
    ['Azure CLI'],
  ],
  [
    'the tab that the runbook names by its label',
    tabs,
    { runbook: { variant: ['azure cli'] } },
    ['Terminal rename', 'Terminal look', 'Save'],
    ['Azure CLI'],
  ],
  [
    'the tab that the runbook names by its id, and nothing where that tab is not offered',
    tabs,
    { runbook: { variant: ['azure-powershell'] } },
    ['Script rename', 'Save'],
    ['PowerShell'],
  ],
  ['the first pivot where none is the surface’s', pivots, {}, ['Script rename'], ['scripted']],
  ['the pivot that the runbook names', pivots, { runbook: { variant: ['console'] } }, ['Hand rename'], ['console']],
]

for (const [what, text, changes, labels, variant] of choices)
  test(`takes ${what}`, () => {
    const plan = planOf(text, changes)
    expect(plan.steps.flatMap(step => step.actions.map(({ action }) => action.target))).toEqual(labels)
    expect(plan.variant).toEqual(variant)
  })

test('names the plan by article, variant and surface, so that two variants can run side by side', () => {
  const portal = planOf(tabs, { path: 'docs/Rename a disk.md' })
  const cli = planOf(tabs, { path: 'docs/Rename a disk.md', runbook: { variant: ['Azure CLI'] } })
  expect(portal.id).toBe('docs-rename-a-disk-azure-portal-portal')
  expect(cli.id).toBe('docs-rename-a-disk-azure-cli-portal')
})

test('refuses a variant that the article does not offer', () => {
  const plan = planOf(tabs, { runbook: { variant: ['Terraform'] } })
  expect(plan.refusals.map(({ rule }) => rule)).toEqual(['runbook-matches-nothing'])
  expect(plan.refusals[0]?.message).toContain('Terraform')
  expect(plan.refusals[0]?.remedy).toContain('Azure CLI')
})

test('says of no variant where the article offers none', () => {
  expect(planOf('# Plain\n\n## Do\n\n1. Select **Save**.\n').variant).toEqual([])
})
