import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { readResourceTypes } from '../../src/plan/resource-type.ts'

const shipped = fileURLToPath(new URL('../../src/plan/resources', import.meta.url))

const registry = [
  'type: Contoso.Registry/registries',
  'apiVersion: 2023-07-01',
  'called: [registry]',
  'pages: [Create registry]',
  'submit: [Create]',
  'name: { setting: [Registry name], maxLength: 40, separator: "" }',
].join('\n')

function folderOf(files: Record<string, string>, name: string): string {
  const folder = test.info().outputPath(name)
  mkdirSync(folder, { recursive: true })
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
  return folder
}

test('reads every resource type that ships', () => {
  const types = readResourceTypes([shipped])
  expect(types.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['Microsoft.RecoveryServices/vaults', 'Microsoft.Resources/resourceGroups']),
  )
  for (const { required, name, subscription, resourceGroup, location, settings } of types) {
    const labels = [name.setting, subscription, resourceGroup, location, ...settings.map(each => each.setting)].flat()
    expect(labels).toEqual(expect.arrayContaining(required))
  }
})

test('adds the types of an own folder', () => {
  const types = readResourceTypes([shipped, folderOf({ 'registry.yaml': registry, 'notes.txt': 'no type' }, 'own')])
  expect(types.find(({ type }) => type === 'Contoso.Registry/registries')).toMatchObject({
    name: { maxLength: 40, separator: '' },
    required: [],
    defaults: {},
    settings: [],
  })
})

test('lets an own folder replace a type that ships, whatever the case of its name', () => {
  const text = registry.replace('Contoso.Registry/registries', 'microsoft.recoveryservices/Vaults')
  const types = readResourceTypes([shipped, folderOf({ 'vault.yaml': text }, 'own')])
  const vaults = types.filter(({ type }) => type.toLowerCase() === 'microsoft.recoveryservices/vaults')
  expect(vaults.map(({ pages }) => pages)).toEqual([['Create registry']])
})

const faults: [what: string, text: string, key: RegExp][] = [
  ['an unknown key', `${registry}\nform: x\n`, /form/],
  ['a missing key', registry.replace('called: [registry]\n', ''), /called/],
  ['a wrong value inside', registry.replace('maxLength: 40', 'maxLength: many'), /name\.maxLength/],
  ['a type without a provider', registry.replace('Contoso.Registry/registries', 'registries'), /type/],
  ['an API version that is no date', registry.replace('2023-07-01', 'latest'), /apiVersion/],
  ['an empty list of pages', registry.replace('[Create registry]', '[]'), /pages/],
  ['broken YAML', `${registry}\nsettings: [`, /.+/],
]

for (const [what, text, key] of faults)
  test(`names file and key of ${what}`, () => {
    const folder = folderOf({ 'registry.yaml': text }, 'own')
    expect(() => readResourceTypes([folder])).toThrow(join(folder, 'registry.yaml'))
    expect(() => readResourceTypes([folder])).toThrow(key)
  })
