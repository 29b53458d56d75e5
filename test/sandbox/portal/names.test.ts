import { expect, test } from '@playwright/test'
import { checkGroupName, checkVaultName } from '../../../src/sandbox/portal/app/wizard/names.ts'

const vaultNames: Record<string, RegExp | undefined> = {
  'my-vault-1': undefined,
  v1: undefined,
  [`v${'x'.repeat(49)}`]: undefined,
  [`v${'x'.repeat(50)}`]: /between 2 and 50/,
  v: /between 2 and 50/,
  '1vault': /begin with a letter/,
  '-vault': /begin with a letter/,
  my_vault: /only letters, digits and hyphens/,
}

for (const [name, problem] of Object.entries(vaultNames)) {
  test(`the vault name "${name}" is ${problem ? 'refused' : 'fine'}`, () => {
    const found = checkVaultName(name)
    if (problem) expect(found).toMatch(problem)
    else expect(found).toBeUndefined()
  })
}

const groupNames: Record<string, RegExp | undefined> = {
  'my.group_(1)-x': undefined,
  '': /must not be empty/,
  'ends.': /cannot end in a period/,
  'a b': /only allow alphanumeric/,
  Taken: /already exists/,
  [`${'x'.repeat(91)}`]: /longer than 90/,
}

for (const [name, problem] of Object.entries(groupNames)) {
  test(`the group name "${name}" is ${problem ? 'refused' : 'fine'}`, () => {
    const found = checkGroupName(name, ['taken'])
    if (problem) expect(found).toMatch(problem)
    else expect(found).toBeUndefined()
  })
}
