import type { Resource } from '../../estate.ts'

export type Power = 'running' | 'stopped' | 'deallocated'

/** Power states of machines: they are no part of what a machine was asked to be. */
const power = new WeakMap<Resource, Power>()

/** Those whose system was prepared for an image: they never start again. */
const generalized = new WeakSet<Resource>()

export const powerOf = (machine: Resource): Power => power.get(machine) ?? 'running'

export const setPower = (machine: Resource, state: Power) => void power.set(machine, state)

export const isGeneralized = (machine: Resource) => generalized.has(machine)

export const generalize = (machine: Resource) => void generalized.add(machine)
