import { expect } from '@playwright/test'
import { ownArticle } from './own-article.ts'
import { test } from './verbatim-fixture.ts'

const run = ['run', 'article.md', '--surface', 'arm', '--output', 'out']

/** Deletes a group that another article makes. */
const removal = `# Remove the vault

## Prerequisites

- A vault. See [Create a vault](create.md#create-the-vault).
- [Something else](https://example.com/other.md).

## Remove it

1. Sign in to the [Azure portal](https://portal.azure.com).
1. In the search box at the top of the page, enter *contoso-recovery*. Select **contoso-recovery** from the search results.
1. Select **Delete resource group**.
1. In **Delete a resource group**, enter *contoso-recovery*, and then select **Delete**.
1. Select **Delete** once more to confirm.
`

for (const needs of ['linked', '[create.md]'])
  test(`carries out first what an article needs (${needs}), under the same names and without its clean-up`, async ({
    world,
  }) => {
    world.write({ 'create.md': ownArticle, 'article.md': removal, 'article.runbook.yaml': `needs: ${needs}\n` })
    const { code, stdout } = await world.verbatim(run)
    expect(code, stdout).toBe(0)
    const [article] = world.result('out').articles
    expect(article?.steps.map(step => step.procedure)).not.toContain('Clean up resources')
    expect(article?.steps.at(0)?.place.path).toBe('create.md')
    expect(article?.steps.at(-1)).toMatchObject({ status: 'passed', procedure: 'Remove it' })
    expect(article?.resources.map(resource => resource.status).sort()).toEqual(['as-described', 'deleted'])
  })

test('refuses articles that need each other in a circle', async ({ world }) => {
  world.write({
    'article.md': ownArticle,
    'article.runbook.yaml': 'needs: [other.md]\n',
    'other.md': ownArticle,
    'other.runbook.yaml': 'needs: [article.md]\n',
  })
  const { code, stderr } = await world.verbatim(run)
  expect(code).toBe(2)
  expect(stderr).toContain('article.md needs other.md needs article.md')
})

test('takes a parameter in place of the article’s value, and refuses one that no field bears', async ({ world }) => {
  world.write({ 'article.md': ownArticle, 'article.runbook.yaml': 'parameters:\n  Region: Japan West\n' })
  expect((await world.verbatim(run)).code).toBe(0)
  const step = world
    .result('out')
    .articles[0]?.steps.find(each => each.actions.some(action => action.target === 'Region'))
  expect(step?.actions.find(action => action.target === 'Region')?.value).toBe('Japan West')

  world.write({ 'article.runbook.yaml': 'parameters:\n  Planet: Mars\n' })
  const refused = await world.verbatim(run)
  expect(refused.code).toBe(2)
  expect(refused.stdout).toContain("The runbook gives a parameter for 'Planet'")
})

test('meets what a runbook expects after a step, and fails where it does not hold', async ({ world }) => {
  const expectation = (sku: string) =>
    `expect:\n  - after: "Create the vault #8"\n    type: Microsoft.RecoveryServices/vaults\n    name: contoso-vault\n    resourceGroup: contoso-recovery\n    properties: { sku.name: ${sku} }\n`
  world.write({ 'article.md': ownArticle, 'article.runbook.yaml': expectation('RS0') })
  expect((await world.verbatim(run)).code).toBe(0)

  world.write({ 'article.runbook.yaml': expectation('Premium') })
  const { code, stdout } = await world.verbatim(run)
  expect(code, stdout).toBe(1)
  expect(stdout).toContain('sku.name is RS0, not Premium')
})
