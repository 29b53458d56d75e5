import { expect } from '@playwright/test'
import { test } from './verbatim-fixture.ts'

const run = ['run', 'article.md', '--cloud', 'cloud.json', '--surface', 'arm', '--output', 'out']

/** Deletes a group that no step makes. */
const article = `# Remove the group

## Prerequisites

- An Azure subscription.
- A resource group with a **network** in it.

## Remove it

1. Sign in to the [Azure portal](https://portal.azure.com).
1. In the search box, enter *contoso-old*. Select **contoso-old** from the search results.
1. Select **Delete resource group**.
1. In **Delete a resource group**, enter *contoso-old*, and then select **Delete**.
1. Select **Delete** once more to confirm.
`

const network = `setup:
  - type: Microsoft.Network/virtualNetworks
    name: contoso-net
    resourceGroup: contoso-old
    location: North Europe
    properties: { addressSpace: { addressPrefixes: [10.1.0.0/16] } }
`

test('puts in place what the runbook asks for, under own names, before the first step', async ({ world, attached }) => {
  world.write({ 'article.md': article, 'article.runbook.yaml': network })
  const { code, stdout } = await world.verbatim(run)
  expect(code, stdout).toBe(0)
  const [told] = world.result('out').articles
  expect(told?.steps[0]).toMatchObject({ procedure: 'Set-up', status: 'passed' })
  expect(told?.names).toMatchObject({ 'contoso-old': expect.any(String), 'contoso-net': expect.any(String) })
  expect(told?.resources.map(({ type, status }) => `${type.split('/').at(-1)} ${status}`).sort()).toEqual([
    'resourceGroups deleted',
    'virtualNetworks as-described',
  ])
  expect(await attached.resourceGroups()).toEqual([])
})

test('cleans up what set-up made, also by a template, where the article doesn’t', async ({ world, attached }) => {
  const runbook = `${network}  - type: Microsoft.Resources/deployments
    name: more
    resourceGroup: contoso-old
    properties:
      mode: Incremental
      template:
        $schema: https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#
        contentVersion: 1.0.0.0
        resources:
          - type: Microsoft.Network/networkSecurityGroups
            apiVersion: '2024-05-01'
            name: rules
            location: northeurope
            properties: { securityRules: [] }
skip:
  - { step: 'Remove it #3', reason: Kept for the test. }
  - { step: 'Remove it #4', reason: Kept for the test. }
  - { step: 'Remove it #5', reason: Kept for the test. }
`
  world.write({ 'article.md': article, 'article.runbook.yaml': runbook })
  const { code, stdout } = await world.verbatim(run)
  expect(code, stdout).toBe(0)
  expect(world.result('out').cleanup.map(({ type, status }) => `${type.split('/').at(-1)} ${status}`)).toContain(
    'resourceGroups deleted',
  )
  expect(await attached.resourceGroups()).toEqual([])
})

/** As `az bicep build` writes them. */
const template = JSON.stringify({
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  parameters: { networkName: { type: 'string' } },
  resources: [
    {
      type: 'Microsoft.Network/virtualNetworks',
      apiVersion: '2024-05-01',
      name: "[parameters('networkName')]",
      location: 'northeurope',
      properties: { addressSpace: { addressPrefixes: ['10.1.0.0/16'] } },
    },
  ],
})

const deployment = (parameters: string) => `setup:
  - type: Microsoft.Resources/deployments
    name: contoso-setup
    resourceGroup: contoso-old
    location: North Europe
    template: arm/main.json
    parameters: ${parameters}
`

for (const [how, parameters] of [
  ['by name', '{ networkName: contoso-net }'],
  ['from a file', 'arm/main.parameters.json'],
] as const)
  test(`deploys an ARM template from a file, its parameters ${how}`, async ({ world, attached }) => {
    world.write({
      'article.md': article,
      'article.runbook.yaml': deployment(parameters),
      'arm/main.json': template,
      'arm/main.parameters.json': JSON.stringify({ parameters: { networkName: { value: 'contoso-net' } } }),
    })
    const { code, stdout } = await world.verbatim(run)
    expect(code, stdout).toBe(0)
    const [told] = world.result('out').articles
    const deployed = told?.resources.find(({ type }) => type === 'Microsoft.Resources/deployments')
    expect(deployed?.status).toBe('as-described')
    expect(JSON.stringify(deployed?.snapshot)).toContain('/virtualNetworks/contoso-net"')
    expect(told?.steps[0]).toMatchObject({ procedure: 'Set-up', status: 'passed' })
    expect(await attached.resourceGroups()).toEqual([])
  })

for (const [name, text, says] of [
  ['main.json', undefined, "The file 'arm/main.json' of the set-up can't be read."],
  ['main.json', '{ "resources": [ }', "The file 'arm/main.json' of the set-up is no JSON"],
  ['main.bicep', '', 'az bicep build --file arm/main.bicep'],
] as const)
  test(`says what is wrong with a template: ${says}`, async ({ world }) => {
    world.write({
      'article.md': article,
      'article.runbook.yaml': deployment('{}').replace('main.json', name),
      ...(text === undefined ? {} : { [`arm/${name}`]: text }),
    })
    const { code, stderr } = await world.verbatim(['plan', 'article.md'])
    expect(code).toBe(2)
    expect(stderr).toContain(says)
    expect(stderr).toContain('article.runbook.yaml:6:')
  })

test('takes a template for a deployment only', async ({ world }) => {
  const runbook = deployment('{}').replace('Microsoft.Resources/deployments', 'Microsoft.Network/virtualNetworks')
  world.write({ 'article.md': article, 'article.runbook.yaml': runbook, 'arm/main.json': template })
  const { code, stderr } = await world.verbatim(['plan', 'article.md'])
  expect(code).toBe(2)
  expect(stderr).toContain("'Microsoft.Network/virtualNetworks' is no deployment")
  expect(stderr).toContain('article.runbook.yaml:6:')
})

test('never blames the article for a set-up that fails', async ({ world, attached }) => {
  world.write({ 'article.md': article, 'article.runbook.yaml': network.replace('10.1.0.0/16', 'nonsense') })
  const { code } = await world.verbatim(run)
  const [told] = world.result('out').articles
  expect(told).toMatchObject({ status: 'failed', verdict: 'environment' })
  expect(told?.steps[0]?.error).toMatchObject({ rule: 'set-up-failed' })
  expect(told?.steps.slice(1).every(({ status }) => status === 'not-run')).toBe(true)
  expect(code).toBe(3)
  expect(await attached.resourceGroups()).toEqual([])
})

test('tells which prerequisites have no declared way to be true', async ({ world }) => {
  const declared = `${network}prerequisites:\n  A resource group with a network in it: { setup: contoso-net }\n`
  world.write({ 'article.md': article, 'article.runbook.yaml': declared })
  const told = await world.verbatim(['plan', 'article.md', '--surface', 'arm'])
  expect(told.code, told.stdout).toBe(0)
  expect(told.stdout).toContain('An Azure subscription.  no declared way')
  expect(told.stdout).toContain("A resource group with a network in it.  the set-up of 'contoso-net'")

  world.write({ 'article.runbook.yaml': 'prerequisites:\n  A spaceship.: { because: it is there }\n' })
  const refused = await world.verbatim(['plan', 'article.md', '--surface', 'arm'])
  expect(refused.code).toBe(2)
  expect(refused.stdout).toContain("what makes 'A spaceship.' true")
})
