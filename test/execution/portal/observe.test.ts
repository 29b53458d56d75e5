import { capture, keep, questionOf, review, verify, wait } from '../../../src/execution/portal/observe.ts'
import { close, expand, toggle } from '../../../src/execution/portal/toggle.ts'
import { expect, test } from './world.ts'

const field = (label: string, value: string) => `<label>${label} <input value="${value}"></label>`

test('finds a default as the article says', async ({ world }) => {
  await world.show(field('Redundancy', 'Geo-redundant'))
  expect(await world.perform(keep, { do: 'keep', target: 'Redundancy', value: 'Geo-redundant' })).toMatchObject({
    status: 'passed',
    remarks: [],
  })
})

test('tells another default as misleading', async ({ world }) => {
  await world.show(field('Redundancy', 'Locally-redundant'))
  const outcome = await world.perform(keep, { do: 'keep', target: 'Redundancy', value: 'Geo-redundant' })
  expect(outcome.remarks).toMatchObject([{ drift: 'misleading', rule: 'default-differs', found: 'Locally-redundant' }])
})

test('fails where the field to be left as it is does not exist', async ({ world }) => {
  await world.show(field('Retention', '30'))
  const failure = await world.fail(keep, { do: 'keep', target: 'Redundancy' })
  expect(failure.problem.rule).toBe('field-not-found')
  expect(failure.verdict).toBe('doc')
})

test('only assumes what names no field', async ({ world }) => {
  await world.show('<h1>Vaults</h1>')
  expect((await world.perform(keep, { do: 'keep' })).status).toBe('assumed')
  expect((await world.perform(review, { do: 'review', target: 'the settings' })).status).toBe('assumed')
})

test('sees what the reader should see', async ({ world }) => {
  await world.show(`<p>Validation passed</p>${field('Region', '(US) West US')}`)
  expect((await world.perform(verify, { do: 'verify', target: 'Validation passed' })).status).toBe('passed')
  expect((await world.perform(verify, { do: 'verify', target: 'Region', value: 'West US' })).status).toBe('passed')
})

test('waits for what the reader should see', async ({ world }) => {
  await world.show(
    `<label>Status <input id="box" value="Creating"></label><script>setTimeout(() => { box.value = 'Ready' }, 700)</script>`,
  )
  expect((await world.perform(verify, { do: 'verify', target: 'Status', value: 'Ready' })).status).toBe('passed')
})

test('fails where a field holds another value than the article says', async ({ world }) => {
  await world.show(field('Region', '(US) West US 2'))
  const failure = await world.fail(verify, { do: 'verify', target: 'Region', value: 'West US' })
  expect(failure.problem).toMatchObject({ rule: 'not-as-described', said: 'West US', found: ['(US) West US 2'] })
  expect(failure).toMatchObject({ verdict: 'doc', drift: 'misleading' })
})

test('never takes for granted what can’t be read off the screen', async ({ world }) => {
  await world.show('<h1>Vaults</h1>')
  expect((await world.perform(verify, { do: 'verify', target: 'the vault is listed' })).status).toBe('assumed')
  expect((await world.perform(capture, { do: 'capture', target: 'Public IP address' })).status).toBe('assumed')
})

test('finds the value that the reader is to note', async ({ world }) => {
  await world.show('<dl><dt>Public IP address</dt><dd>203.0.113.7</dd></dl>')
  expect((await world.perform(capture, { do: 'capture', target: 'the Public IP address' })).status).toBe('passed')
})

test('waits until the page says that it has ended', async ({ world }) => {
  await world.show(`<p id="say">Deployment is in progress</p>
    <script>setTimeout(() => { say.textContent = 'Your deployment is complete' }, 700)</script>`)
  expect(await world.perform(wait, { do: 'wait', target: 'the deployment is complete' })).toMatchObject({
    status: 'passed',
    effect: 'the page says “Your deployment is complete”',
  })
})

test('does not take the end of another operation for the one that is waited for', async ({ world }) => {
  await world.show(`<p>Validation passed</p><p id="say">Deployment is in progress</p>
    <script>setTimeout(() => { say.textContent = 'Your deployment is complete' }, 700)</script>`)
  expect((await world.perform(wait, { do: 'wait', target: 'the deployment is complete' })).effect).toContain(
    'deployment is complete',
  )
})

test('fails at once when the page says that it failed', async ({ world }) => {
  await world.show('<p>Your deployment failed</p>')
  const failure = await world.fail(wait, { do: 'wait', target: 'the deployment is complete' })
  expect(failure.problem).toMatchObject({ rule: 'wait-failed', found: ['the page says “Your deployment failed”'] })
  expect(failure.verdict).toBe('product')
})

/** Kinds of check boxes that portals have (`portal-facts.md` §5.1). */
const boxes: [kind: string, html: string][] = [
  ['of the browser’s own', '<label><input type="checkbox" id="box"> I agree</label>'],
  [
    'of a div',
    `<div role="checkbox" id="box" tabindex="0" aria-checked="false" aria-label="I agree"
      onclick="this.setAttribute('aria-checked', this.getAttribute('aria-checked') === 'false')" style="width: 20px; height: 20px">x</div>`,
  ],
  [
    'whose checkmark lies over it and takes the click',
    `<div style="position: relative; width: 120px; height: 24px"><input type="checkbox" id="box" style="opacity: 0">
      <label for="box" style="position: absolute; inset: 0; background: white"><i>✓</i> I agree</label></div>`,
  ],
  [
    'that its own label covers',
    `<label style="position: relative; display: block; width: 120px; height: 24px"><input type="checkbox" id="box" style="opacity: 0">
      <span style="position: absolute; inset: 0; background: white">I agree</span></label>`,
  ],
]

for (const [kind, html] of boxes)
  test(`checks and clears a check box ${kind}`, async ({ world, page }) => {
    await world.show(html)
    const box = page.getByRole('checkbox')
    await world.perform(toggle(true), { do: 'check', target: 'I agree' })
    await expect(box).toBeChecked()
    expect((await world.perform(toggle(true), { do: 'check', target: 'I agree' })).effect).toContain('already')
    await expect(box).toBeChecked()
    await world.perform(toggle(false), { do: 'clear', target: 'I agree' })
    await expect(box).not.toBeChecked()
  })

test('turns a switch on, and fails at one that does not react', async ({ world, page }) => {
  await world.show(`<button role="switch" aria-checked="false" aria-label="Soft delete"
    onclick="this.setAttribute('aria-checked', 'true')">x</button>
    <button role="switch" aria-checked="false" aria-label="Dead">x</button>`)
  await world.perform(toggle(true), { do: 'turnOn', target: 'Soft delete' })
  await expect(page.getByRole('switch', { name: 'Soft delete' })).toHaveAttribute('aria-checked', 'true')
  expect((await world.fail(toggle(true), { do: 'turnOn', target: 'Dead' })).problem.rule).toBe('no-effect')
})

test('fails where a box changes something else than itself', async ({ world }) => {
  await world.show(`<div role="checkbox" tabindex="0" aria-checked="false" aria-label="I agree"
    onclick="document.body.append('Something else')">x</div>`)
  const failure = await world.fail(toggle(true), { do: 'check', target: 'I agree' })
  expect(failure.problem.rule).toBe('no-effect')
})

test('opens what is folded, and leaves what is open', async ({ world, page }) => {
  await world.show(
    `<button aria-expanded="false" onclick="this.setAttribute('aria-expanded', 'true'); document.body.append('inside')">Advanced</button>`,
  )
  await world.perform(expand, { do: 'expand', target: 'Advanced' })
  await expect(page.getByRole('button')).toHaveAttribute('aria-expanded', 'true')
  expect((await world.perform(expand, { do: 'expand', target: 'Advanced' })).effect).toContain('already')
})

test('closes the blade that the article names, not the one beside it', async ({ world, page }) => {
  await world.show(`<button aria-label="Close content 'Vaults'" onclick="document.title = 'Vaults closed'">x</button>
    <button aria-label="Close content 'Backup'" onclick="document.title = 'Backup closed'">x</button>`)
  await world.perform(close, { do: 'close', target: 'Backup' })
  await expect(page).toHaveTitle('Backup closed')
})

test('tells what an open dialog asks, and not what the portal asks unbidden', async ({ world }) => {
  await world.show('<h1>Vaults</h1>')
  expect(await questionOf(world.driver)).toBeUndefined()
  await world.show(
    '<div role="dialog" aria-label="Delete confirmation"><p>Delete copper?</p><button>Delete</button></div>',
  )
  expect(await questionOf(world.driver)).toMatch(/^Delete confirmation .*Delete copper\?/)
  await world.show('<div role="dialog" aria-label="Feedback"><p>How was it?</p><button>Send</button></div>')
  expect(await questionOf(world.driver)).toBeUndefined()
})
