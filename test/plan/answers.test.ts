import { expect, test } from '@playwright/test'
import { actionsOf, planOf, rulesOf } from './plan-of.ts'

const steps = (...sentences: string[]) =>
  ['# Fill in a form', '', '## Fill it in', '', ...sentences.map(sentence => `1. ${sentence}`), ''].join('\n')

function valuesOf(plan: ReturnType<typeof planOf>) {
  return actionsOf(plan).map(({ action }) => ('value' in action ? action.value : action.target))
}

test('takes the reader’s answer from the runbook, by field or by phrase', () => {
  const text = steps('For **Region**, select a region.', 'Select your virtual machine.')
  const byField = planOf(text, { runbook: { answers: { region: 'West US', 'Your virtual machine': 'vm1' } } })
  expect(byField.refusals).toEqual([])
  expect(valuesOf(byField)).toEqual(['West US', 'vm1'])
  expect(actionsOf(byField).map(({ source }) => source)).toEqual(['runbook', 'runbook'])
  const byPhrase = planOf(text, { runbook: { answers: { '?a region': 'West US', 'your virtual machine': 'vm1' } } })
  expect(valuesOf(byPhrase)).toEqual(['West US', 'vm1'])
})

test('takes numbers and truth values as a reader would type them', () => {
  const text = steps('For **Retention**, enter a number of days.', 'For **Soft delete**, choose a setting.')
  const plan = planOf(text, { runbook: { answers: { Retention: 30, 'Soft delete': true } } })
  expect(valuesOf(plan)).toEqual(['30', 'true'])
})

test('takes the subscription from the cloud, and leaves it open where no cloud is known', () => {
  const text = steps('For **Subscription**, select your subscription.')
  const plan = planOf(text)
  expect(valuesOf(plan)).toEqual(['Contoso Test'])
  expect(actionsOf(plan)[0]?.source).toBe('cloud')
  expect(rulesOf(planOf(text, { subscription: undefined }))).toEqual(['placeholder-without-answer'])
})

test('takes an answer from the environment', () => {
  const text = steps('For **Region**, select a region.')
  const plan = planOf(text, { runbook: { answers: { Region: { env: 'REGION' } } }, env: { REGION: 'West US' } })
  expect(valuesOf(plan)).toEqual(['West US'])
  expect(actionsOf(plan)[0]).toMatchObject({ source: 'environment' })
  expect(actionsOf(plan)[0]).not.toHaveProperty('secret')
})

test('refuses an answer from a variable that is not set, and names the variable', () => {
  const text = steps('For **Region**, select a region.')
  const plan = planOf(text, { runbook: { answers: { Region: { env: 'REGION' } } }, env: {} })
  expect(rulesOf(plan)).toEqual(['placeholder-without-answer'])
  expect(plan.refusals[0]?.message).toContain('REGION')
})

test('never writes a secret into the plan', () => {
  const secrets: Record<string, string> = {}
  const plan = planOf(steps('For **Key**, enter your key.'), {
    runbook: { answers: { Key: { env: 'BACKUP_KEY', secret: true } } },
    env: { BACKUP_KEY: 'canary-7431' },
    secrets,
  })
  expect(JSON.stringify(plan)).not.toContain('canary-7431')
  expect(secrets).toEqual({ BACKUP_KEY: 'canary-7431' })
  expect(actionsOf(plan)[0]).toMatchObject({ secret: 'BACKUP_KEY', source: 'environment' })
})

test('makes up one password for both boxes, and keeps it out of the plan', () => {
  const secrets: Record<string, string> = {}
  const text = steps(
    'For **Password**, enter a complex password.',
    'For **Confirm password**, enter the password again.',
  )
  const plan = planOf(text.replace('the password again', 'a complex password'), { secrets })
  expect(plan.refusals).toEqual([])
  const { password = '' } = secrets
  expect(Object.keys(secrets)).toEqual(['password'])
  expect(password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^\w]).{20,72}$/)
  expect(JSON.stringify(plan)).not.toContain(password)
  expect(actionsOf(plan).map(({ secret }) => secret)).toEqual(['password', 'password'])
})

test('makes up another password in another run', () => {
  const [one, other]: Record<string, string>[] = [{}, {}]
  const text = steps('For **Password**, enter a complex password.')
  planOf(text, { secrets: one ?? {} })
  planOf(text, { secrets: other ?? {} })
  expect(one?.password).not.toBe(other?.password)
})

test('makes up a unique name that holds the run’s id, and gives it no second own name', () => {
  const text = [
    '# Make a vault',
    '## Make it',
    '1. On the **Create Recovery Services vault** page, for **Vault name**, enter a unique name.',
    '1. For **Region**, select **West US**.',
    '1. Select **Create**.',
    '',
  ].join('\n')
  const plan = planOf(text)
  expect(actionsOf(plan)[0]?.action).toMatchObject({ value: 'vault-k3x9q2' })
  expect(actionsOf(plan)[0]?.source).toBe('generated')
  expect(plan.names).toEqual({})
  expect(plan.resources[0]?.name).toBe('vault-k3x9q2')
})

test('makes up a public key that OpenSSH would take, and names it only', () => {
  const secrets: Record<string, string> = {}
  const plan = planOf(steps('For **SSH public key**, enter your public key.'), { secrets })
  expect(actionsOf(plan).map(({ secret, source }) => [secret, source])).toEqual([['ssh-public-key', 'generated']])
  expect(JSON.stringify(plan)).not.toContain('ssh-ed25519')
  const [type = '', blob = ''] = (secrets['ssh-public-key'] ?? '').split(' ')
  expect(type).toBe('ssh-ed25519')
  const bytes = Buffer.from(blob, 'base64')
  expect(bytes.readUInt32BE(0)).toBe(11)
  expect(bytes.subarray(4, 15).toString()).toBe('ssh-ed25519')
  expect(bytes.readUInt32BE(15)).toBe(32)
  expect(bytes).toHaveLength(51)
})

test('makes up a name where the runbook asks for one', () => {
  const plan = planOf(steps('For **Alias**, enter something memorable.'), {
    runbook: { answers: { Alias: { generate: 'name' } } },
  })
  expect(valuesOf(plan)).toEqual([expect.stringContaining('k3x9q2')])
})

test('makes up a name within the rules of its field', () => {
  const text = [
    '# Make an account',
    '## Make it',
    '1. On the **Create a storage account** page, for **Storage account name**, enter a unique name.',
    '1. Select **Create**.',
    '',
  ].join('\n')
  expect(actionsOf(planOf(text))[0]?.action).toMatchObject({ value: 'storagek3x9q2' })
})

const open: [sentence: string, phrase: string, field: string | undefined][] = [
  ['For **Region**, select a region.', 'a region', 'Region'],
  ['Select your virtual machine.', 'your virtual machine', undefined],
  ['For **Storage account name**, enter an existing name.', 'an existing name', 'Storage account name'],
]

for (const [sentence, phrase, field] of open)
  test(`refuses “${sentence}” without an answer, at its place`, () => {
    const [refusal, ...others] = planOf(steps(sentence)).refusals
    expect(others).toEqual([])
    expect(refusal).toMatchObject({ rule: 'placeholder-without-answer', said: phrase, place: { start: { line: 5 } } })
    expect(refusal?.message).toContain(field ?? phrase)
    expect(refusal?.remedy).toContain('answers:')
  })

test('asks for no answer where the step may be left out', () => {
  expect(planOf(steps('Optionally, for **Region**, select a region.', 'Select **Save**.')).refusals).toEqual([])
})

test('asks for no answer where the runbook skips the step', () => {
  const runbook = { skip: [{ step: 'Fill it in #1', reason: 'set by policy' }] }
  expect(planOf(steps('For **Region**, select a region.', 'Select **Save**.'), { runbook }).refusals).toEqual([])
})

test('never leaves a placeholder to be typed where a prompt may come up', () => {
  const text = steps('If prompted, for **Region**, select a region.', 'Select **Save**.')
  expect(rulesOf(planOf(text))).toEqual(['placeholder-without-answer'])
  expect(valuesOf(planOf(text, { runbook: { answers: { Region: 'West US' } } }))[0]).toBe('West US')
})

test('refuses an answer that the article does not ask for, instead of passing it over', () => {
  const text = steps('For **Password**, enter a complex password.')
  const plan = planOf(text, { runbook: { answers: { Pasword: 'x', Password: 'y' } } })
  expect(rulesOf(plan)).toEqual(['runbook-matches-nothing'])
  expect(plan.refusals[0]?.message).toContain("'Pasword'")
})

test('allows an answer to what may be left out, and to what is skipped', () => {
  const text = steps('Optionally, for **Region**, select a region.', 'For **Zone**, select a zone.', 'Select **Save**.')
  const runbook = { answers: { Region: 'West US', Zone: '1' }, skip: [{ step: 'Fill it in #2', reason: 'no zones' }] }
  expect(planOf(text, { runbook }).refusals).toEqual([])
})
