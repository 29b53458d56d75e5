import { expect } from '@playwright/test'
import { ownArticle } from './own-article.ts'
import { test, type World } from './verbatim-fixture.ts'

/** Needs the group that another article makes, and leaves it alone. */
const network = (name: string) => `# Put a network beside the vault

## Prerequisites

- A vault. See [Create a vault](create.md).

## Create the network

1. Sign in to the [Azure portal](https://portal.azure.com).
1. In the search box at the top of the page, enter **virtual networks**. Select **Virtual networks** from the search results.
1. On the **Virtual networks** page, select **+ Create**.
1. On the **Basics** tab of **Create virtual network**, enter or select these values:

    | Setting | Value |
    | --- | --- |
    | Subscription | Select your subscription. |
    | Resource group | Select **contoso-recovery**. |
    | Virtual network name | Enter *${name}*. |
    | Region | Select **West Europe**. |

1. Select **Review + create**.
1. Select **Create**.
`

const removal = `
## Remove it

1. In the search box at the top of the page, enter *contoso-recovery*. Select **contoso-recovery** from the search results.
1. Select **Delete resource group**.
1. In **Delete a resource group**, enter *contoso-recovery*, and then select **Delete**.
1. Select **Delete** once more to confirm.
`

const articles = {
  'create.md': ownArticle,
  'one.md': network('net-one'),
  'one.runbook.yaml': 'needs: linked\n',
  'two.md': network('net-two'),
  'two.runbook.yaml': 'needs: linked\n',
}

const run = ['run', 'one.md', 'two.md', '--surface', 'arm', '--cloud', 'cloud.json', '--output', 'out']

function told(world: World) {
  return world.result('out').articles.map(({ path, variant, status, steps, resources }) => ({
    name: [path, ...variant].join(', '),
    status,
    procedures: [...new Set(steps.map(({ procedure }) => procedure))],
    made: resources.map(({ type }) => type.split('/').at(-1)),
  }))
}

test('what two articles need is carried out once, and cleaned up after both', async ({ world, attached }) => {
  world.write(articles)
  // With one worker, whoever waits for the others must come after them.
  const { code, stdout } = await world.verbatim([...run, '--workers', '1'])
  expect(code, stdout).toBe(0)
  const after = { status: 'passed', procedures: ['Needed first', 'Create the network'], made: ['virtualNetworks'] }
  expect(told(world)).toEqual([
    {
      name: 'create.md, needed first',
      status: 'passed',
      procedures: ['Create the vault'],
      made: ['resourceGroups', 'vaults'],
    },
    { name: 'one.md', ...after },
    { name: 'two.md', ...after },
  ])
  expect(await attached.resourceGroups()).toEqual([])
})

test('where it fails, the articles that need it are not tried, and are not blamed', async ({ world, attached }) => {
  world.write({ ...articles, 'create.md': ownArticle.replace('**North Europe**', '**North Europa**') })
  const { code, stdout } = await world.verbatim(run)
  expect(code, stdout).toBe(1)
  const [needed, ...others] = world.result('out').articles
  expect(needed).toMatchObject({ path: 'create.md', verdict: 'doc' })
  for (const each of others) {
    expect(each).toMatchObject({ status: 'failed', verdict: 'environment' })
    expect(each.steps.find(({ status }) => status === 'failed')?.error).toMatchObject({
      rule: 'needed-failed',
      message: expect.stringMatching(/\(create\.md\), which this article needs first, failed in line \d+/) as unknown,
    })
  }
  expect(await attached.resourceGroups()).toEqual([])
})

for (const [why, files] of [
  ['removes what it needs', { 'one.md': network('net-one') + removal }],
  ['says that it wants its own', { 'one.runbook.yaml': 'needs: linked\nshareNeeds: false\n' }],
] as const)
  test(`an article that ${why} makes it for itself`, async ({ world, attached }) => {
    world.write({ ...articles, ...files })
    const { code, stdout } = await world.verbatim([...run, 'create.md'])
    expect(code, stdout).toBe(0)
    const one = told(world).find(({ name }) => name === 'one.md')
    expect(one?.procedures).toEqual(expect.arrayContaining(['Create the vault', 'Create the network']))
    expect(await attached.resourceGroups()).toEqual([])
  })
