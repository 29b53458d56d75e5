import { expect, test } from '@playwright/test'
import { createDelays, delayNames, pause } from '../../../src/sandbox/portal/app/delays.ts'

test('the same seed gives the same delays, whatever is asked in between', () => {
  const one = createDelays({ seed: 7, pace: 'brisk' })
  const other = createDelays({ seed: 7, pace: 'brisk' })
  const first = [one.next('search'), one.next('search'), one.next('search')]
  other.next('list')
  const second = [other.next('search'), other.next('poll') && other.next('search'), other.next('search')]
  expect(second).toEqual(first)
  expect(new Set(first).size).toBeGreaterThan(1)
})

test('another seed gives other delays', () => {
  const sequence = (seed: number) => {
    const delays = createDelays({ seed, pace: 'real' })
    return Array.from({ length: 5 }, () => delays.next('bladeTitle'))
  }
  expect(sequence(1)).not.toEqual(sequence(2))
})

test('an accident happens to about its share of the seeds', () => {
  const hit = Array.from({ length: 1000 }, (_, seed) => createDelays({ seed, pace: 'brisk' }).happens('coachmark', 0.3))
  expect(hit.filter(Boolean).length).toBeGreaterThan(250)
  expect(hit.filter(Boolean).length).toBeLessThan(350)
})

test('a pause ends early when it is called off', async () => {
  const stop = new AbortController()
  const waiting = pause(60_000, stop.signal)
  stop.abort(new Error('called off'))
  await expect(waiting).rejects.toThrow('called off')
})

test('at pace instant nothing is waited for, and nothing comes up by itself', () => {
  for (const seed of [1, 2, 3]) {
    const delays = createDelays({ seed, pace: 'instant' })
    // A message stays for people to read, and Resource Manager is not asked without a break.
    const others = delayNames.filter(what => what !== 'toast' && what !== 'poll')
    expect(others.map(what => delays.next(what))).toEqual(others.map(() => 0))
    expect(delays.next('poll')).toBeLessThanOrEqual(40)
    for (const what of ['coachmark', 'copilot', 'survey', 'inactivity', 'welcome'])
      expect(delays.happens(what, 1)).toBe(false)
  }
})

test('at every other pace each kind of wait takes its time', () => {
  for (const pace of ['brisk', 'real'] as const) {
    const delays = createDelays({ seed: 1, pace })
    for (const what of delayNames) expect(delays.next(what), what).toBeGreaterThan(0)
  }
})
