import { expect, test } from '@playwright/test'
import { readShell } from '../../src/plan/shell-code.ts'
import { actionsOf, planOf, rulesOf } from './plan-of.ts'

const spellings: [code: string, groups: string[]][] = [
  ['az group create --name myGroup --location westus', ['myGroup']],
  ['az group create -n myGroup -l westus', ['myGroup']],
  ['az group create -l westus -g myGroup', ['myGroup']],
  ['az group create --resource-group myGroup -l westus', ['myGroup']],
  ['az group create --name=myGroup --location=westus', ['myGroup']],
  ['az group create --name "myGroup" -l westus', ['myGroup']],
  ["az group create --name 'myGroup' -l westus", ['myGroup']],
  ['az group create \\\n    --name myGroup \\\n    --location westus', ['myGroup']],
  ['az group create \\\n  --location westus \\\n  --name myGroup', ['myGroup']],
  ['az  group  create  -n  myGroup', ['myGroup']],
  ['sudo az group create -n myGroup && az group create -n other', ['myGroup', 'other']],
  ['az group create -n one\naz group create -n two\n', ['one', 'two']],
  ['GROUP=myGroup\naz group create -n $GROUP', ['myGroup']],
  ['GROUP=myGroup; az group create -n $GROUP', ['myGroup']],
  ['export GROUP="myGroup"\naz group create -n "$GROUP"', ['myGroup']],
  ["GROUP='myGroup'\naz group create -n ${GROUP}", ['myGroup']],
  ['GROUP=myGroup\naz group create -n "${GROUP}" -l westus', ['myGroup']],
  ['A=x\nGROUP=myGroup\naz group create --name=$GROUP', ['myGroup']],
  ['GROUP=one\nGROUP=two\naz group create -n $GROUP', ['two']],
  ['az group create -n "my.group_(1)"', ['my.group_(1)']],
  ['ID=$(az group create -n myGroup --query id -o tsv)', ['myGroup']],
  ['if true; then az group create -n myGroup; fi', ['myGroup']],
  ['BASE=my\nGROUP="${BASE}Group"\naz group create -n $GROUP', ['myGroup']],
  ['GROUP=x\naz group create -n $GROUP-west', ['x-west']],
  ['az group list -o table', []],
  ['az group delete -n myGroup --yes', []],
  ['az vm create -n myVM -g myGroup', []],
  ['# az group create -n myGroup', []],
  ['echo done', []],
]

for (const [code, groups] of spellings)
  test(`sees ${groups.length === 0 ? 'no resource group' : groups.join(' and ')} made by ${JSON.stringify(code)}`, () => {
    expect(readShell(code)).toEqual({ resourceGroups: groups })
  })

test('knows a name that an earlier block gave to a variable', () => {
  expect(readShell('az group create -n $GROUP', 'bash', 'GROUP=myGroup\n')).toEqual({ resourceGroups: ['myGroup'] })
})

const untold: string[] = [
  'az group create -n $GROUP',
  'GROUP=rg-$RANDOM\naz group create -n $GROUP',
  'GROUP="rg$RANDOM"\naz group create -n $GROUP',
  'GROUP=$(uuidgen)\naz group create -n $GROUP',
  'az group create -n "rg-$RANDOM"',
  'az group create -n $(cat name.txt)',
  'az group create -n `cat name.txt`',
]

for (const code of untold)
  test(`says that nobody can tell what ${JSON.stringify(code)} makes`, () => {
    const { resourceGroups, problem } = readShell(code)
    expect(resourceGroups).toEqual([])
    expect(problem?.message).toContain('resource group')
    expect(problem?.remedy).not.toBe('')
  })

const placeholders: [code: string, placeholder: string | undefined][] = [
  ['az group show -n <resource-group>', '<resource-group>'],
  ['az group show -n "<your resource group>"', '<your resource group>'],
  ['ssh azureuser@<PUBLIC_IP>', '<PUBLIC_IP>'],
  ['sort <words >sorted', undefined],
  ['sort < words > sorted', undefined],
  ['echo "1 <2"', undefined],
  ['cat <<EOF\nname: <b>\nEOF', undefined],
  ["cat <<'END' > x.xml\n<vault>\n</vault>\nEND\necho ok", undefined],
  ['cat <<-EOF\n\t<name>\n\tEOF', undefined],
  ['cat <<EOF\nx\nEOF\naz group show -n <name>', '<name>'],
]

for (const [code, placeholder] of placeholders)
  test(`finds ${placeholder ?? 'no placeholder'} in ${JSON.stringify(code)}`, () => {
    const { problem } = readShell(code)
    if (placeholder === undefined) expect(problem).toBeUndefined()
    else expect(problem?.message).toContain(placeholder)
  })

const languages: [language: string, runs: boolean][] = [
  ['bash', true],
  ['sh', true],
  ['azurecli', true],
  ['azurecli-interactive', true],
  ['azure-cli', true],
  ['powershell', false],
  ['azurepowershell-interactive', false],
  ['python', false],
  ['csharp', false],
  ['c#', false],
  ['python3', false],
  ['HTTP', false],
]

for (const [language, runs] of languages)
  test(`${runs ? 'runs' : 'does not run'} code marked “${language}”`, () => {
    expect(readShell('echo hello', language).problem === undefined).toBe(runs)
  })

const shellArticle = (...blocks: string[]) =>
  [
    '# Make a group',
    '',
    '## Make it',
    '',
    ...blocks.flatMap(code => [
      '1. Run this:',
      '',
      '    ```bash',
      ...code.split('\n').map(line => `    ${line}`),
      '    ```',
      '',
    ]),
  ].join('\n')

test('gives a resource group of shell code a name of its own, in every block that speaks of it', () => {
  const plan = planOf(shellArticle('GROUP=myGroup\naz group create -n $GROUP -l westus', 'az group show -n myGroup'), {
    surface: 'shell',
    allowShell: true,
  })
  expect(plan.refusals).toEqual([])
  expect(plan.names).toEqual({ myGroup: 'myGroup-k3x9q2' })
  expect(plan.resources.map(({ type, name }) => [type, name])).toEqual([
    ['Microsoft.Resources/resourceGroups', 'myGroup-k3x9q2'],
  ])
  const code = actionsOf(plan).map(({ action }) => (action.do === 'run' ? action.code : ''))
  expect(code).toEqual(['GROUP=myGroup-k3x9q2\naz group create -n $GROUP -l westus', 'az group show -n myGroup-k3x9q2'])
  expect(actionsOf(plan)[0]?.effect).toMatchObject({ kind: 'shell', resources: [{ name: 'myGroup-k3x9q2' }] })
})

test('expects the group where the block that makes it only has the variable', () => {
  const plan = planOf(shellArticle('GROUP=myGroup', 'az group create -n $GROUP -l westus'), {
    surface: 'shell',
    allowShell: true,
  })
  expect(plan.names).toEqual({ myGroup: 'myGroup-k3x9q2' })
  const [first, second] = actionsOf(plan)
  expect(first?.effect).toBeUndefined()
  expect(second?.effect).toMatchObject({ kind: 'shell', resources: [{ name: 'myGroup-k3x9q2' }] })
})

test('refuses code that makes a resource group whose name it can’t note beforehand', () => {
  const plan = planOf(shellArticle('az group create -n "rg-$RANDOM" -l westus'), { surface: 'shell', allowShell: true })
  expect(rulesOf(plan)).toEqual(['shell-code'])
})

test('refuses code unless it is allowed', () => {
  expect(rulesOf(planOf(shellArticle('echo hello'), { surface: 'shell' }))).toEqual(['shell-not-allowed'])
  expect(rulesOf(planOf(shellArticle('echo hello'), { surface: 'shell', allowShell: true }))).toEqual([])
})
