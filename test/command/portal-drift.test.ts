import { expect } from '@playwright/test'
import { driftSwitches, type DriftName } from '../../src/sandbox/portal/traits.ts'
import { ownArticle } from './own-article.ts'
import { test } from './verbatim-fixture.ts'

/** True on the newest portal: each switch makes it untrue in at most one thing. */
const article = ownArticle.replaceAll('North Europe', 'West US')

/** True on the newest portal, too; it speaks of what the other article doesn't. */
const harborArticle = `---
title: Look at the forms for the harbor
ms.topic: how-to
---

# Look at the forms for the harbor

## Look at the form of a machine

1. In the search box at the top of the page, enter **virtual machines**. Select **Virtual machines** from the search results.

1. Select **+ Create**, and then select **Virtual machine**.

## Look at the form of a network

1. In the search box at the top of the page, enter **virtual networks**. Select **Virtual networks** from the search results.

1. Select **+ Create**.

1. On the **Basics** tab, enter *harbor-net* in **Virtual network name**.

1. Select **Next**.

1. Select the **Address space** tab.
`

/** The switches that change what the articles speak of, and those that no reader notices. */
const names: DriftName[] = [
  'vault-service',
  'review-tab',
  'section-case',
  'list-in-hub',
  'overview-frame',
  'search-markup',
  'search-keys',
  'forms',
  'decoy-vault',
  'decoy-region',
  'decoy-deletion',
  'addresses-tab',
  'machine-menu',
  'create-command',
  'footer',
  'deletion-box',
  'directory',
  'move-link',
]

/** Names the box in which a deletion is confirmed. */
const deletionArticle = article.replace(
  /In \*\*Delete a resource group\*\*, enter (\*+[\w-]+\*+)/,
  'In **Delete a resource group**, enter $1 for **Enter resource group name to confirm deletion**',
)

const directoryArticle = harborArticle.replace(
  '## Look at the form of a machine\n',
  `## Look at the directory

1. In the search box at the top of the page, enter **entra**. Select **Microsoft Entra ID** from the search results.

## Look at the form of a machine
`,
)

/** Goes on from the group that the article makes. */
const moveArticle = article.replace(
  /(\n1\. (?:On the \*\*Overview\*\* page, s|S)elect \*\*Delete resource group\*\*)/,
  '\n1. Select **(move)** next to **Subscription**.\n\n1. In the search box at the top of the page, enter **contoso-recovery**. Select **contoso-recovery** from the search results.\n$1',
)

const articles: Partial<Record<DriftName, string>> = {
  'addresses-tab': harborArticle,
  'machine-menu': harborArticle,
  'create-command': harborArticle,
  footer: harborArticle,
  'deletion-box': deletionArticle,
  directory: directoryArticle,
  'move-link': moveArticle,
}

test.describe.configure({ mode: 'parallel' })

for (const name of names)
  test(`a portal with the drift ${name} gets the verdict that the switch carries`, async ({ world }) => {
    world.write({ 'article.md': articles[name] ?? article, 'article.runbook.yaml': 'limits:\n  action: 5\n' })
    const { code, stdout } = await world.verbatim([
      ...['run', 'article.md', '--portal-drift', name, '--portal-pace', 'instant', '--trace', 'off', '--output', 'out'],
    ])
    const { verdict: expected } = driftSwitches[name]
    const run = world.result('out')
    const [told] = run.articles
    expect(run.cloud.facts).toMatchObject({ portalEra: '2026', portalDrift: name })
    expect({ verdict: told?.verdict, drift: told?.drift }, stdout).toEqual(
      expected === 'none' ? { verdict: undefined, drift: undefined } : { verdict: 'doc', drift: expected },
    )
    expect(told?.trace).toBeUndefined()
    expect(code).toBe(expected === 'blocking' || expected === 'misleading' ? 1 : 0)
  })

test('the article about the harbor is true where nothing drifted', async ({ world }) => {
  world.write({ 'article.md': harborArticle })
  const { code, stdout } = await world.verbatim(['run', 'article.md', '--portal-pace', 'instant'])
  expect(code, stdout).toBe(0)
})

test('an article of 2025 passes on the portal of 2025, and the run says which portal it was', async ({ world }) => {
  world.write({
    'article.md': article.replaceAll('resiliency', 'continuity').replaceAll('Resiliency', 'Business Continuity Center'),
  })
  const { code, stdout } = await world.verbatim([
    ...['run', 'article.md', '--portal-era', '2025', '--portal-seed', '11', '--portal-pace', 'instant'],
    ...['--output', 'out'],
  ])
  expect(code, stdout).toBe(0)
  expect(world.result('out').cloud.facts).toEqual({
    portalEra: '2025',
    seed: 1,
    portalSeed: 11,
    portalPace: 'instant',
  })
})

test('a drift that does not exist is a mistake that names those that do', async ({ world }) => {
  world.write({ 'article.md': article })
  const { code, stderr } = await world.verbatim(['run', 'article.md', '--portal-drift', 'forms,gremlins'])
  expect(code).toBe(2)
  expect(stderr).toContain("There is no drift 'gremlins'.")
  for (const name of Object.keys(driftSwitches)) expect(stderr).toContain(`  ${name}: `)
})
