import { checkVaultName } from './names.ts'
import type { Project } from './project.ts'
import type { PickerOption } from './kit.ts'
import type { Tag } from './tags.tsx'
import { checkTags, toRecord } from './tags.tsx'
import type { Problem } from './wizard.tsx'

/** What "Create Recovery Services vault" asks for beside the project (portal-facts.md §6). */
export interface VaultForm {
  name: string
  redundancy: string
  crossRegionRestore: boolean
  immutability: boolean
  publicAccess: string
  tags: Tag[]
}

export const initialVault: VaultForm = {
  name: '',
  redundancy: 'GeoRedundant',
  crossRegionRestore: false,
  immutability: false,
  publicAccess: 'Enabled',
  tags: [],
}

export const redundancies: PickerOption[] = [
  { key: 'LocallyRedundant', text: 'Locally-redundant' },
  { key: 'ZoneRedundant', text: 'Zone-redundant' },
  { key: 'GeoRedundant', text: 'Geo-redundant' },
]

export const publicAccesses: PickerOption[] = [
  { key: 'Enabled', text: 'Allow public access from all networks' },
  { key: 'Disabled', text: 'Deny public access' },
]

const empty = 'The value must not be empty.'

/** Everything that keeps the form from being submitted. */
export function findVaultProblems({ name, tags }: VaultForm, project: Project): Problem[] {
  const problems: Problem[] = []
  const basics = (field: string, message: string, kind: Problem['kind']) =>
    problems.push({ tab: 'basics', field, message, kind })
  if (!project.subscriptions.selected) basics('subscription', empty, 'required')
  if (!project.groups.selected) basics('group', empty, 'required')
  if (!project.locations.selected) basics('region', empty, 'required')
  if (name === '') basics('name', empty, 'required')
  const broken = name === '' ? undefined : checkVaultName(name)
  if (broken) basics('name', broken, 'rule')
  const tagProblem = checkTags(tags)
  if (tagProblem) problems.push({ tab: 'tags', field: 'tags', message: tagProblem, kind: 'rule' })
  return problems
}

/** The deployment's template: one vault. */
export function writeVaultTemplate(form: VaultForm, location: string) {
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [
      {
        type: 'Microsoft.RecoveryServices/vaults',
        apiVersion: '2024-04-01',
        name: form.name,
        location,
        tags: toRecord(form.tags),
        sku: { name: 'RS0', tier: 'Standard' },
        properties: {
          publicNetworkAccess: form.publicAccess,
          redundancySettings: {
            standardTierStorageRedundancy: form.redundancy,
            crossRegionRestore: form.crossRegionRestore ? 'Enabled' : 'Disabled',
          },
          ...(form.immutability ? { securitySettings: { immutabilitySettings: { state: 'Unlocked' } } } : {}),
        },
      },
    ],
  }
}
