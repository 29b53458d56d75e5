import type { Traits } from '../../traits.ts'

/** The generation of a form's controls: older ones stand in the main document, newer ones in a frame (portal-facts.md §3, §5.1). */
export type Generation = 'older' | 'newer'

/** While both were there at once, vaults and groups had moved already (portal-facts.md §17.12). */
export function generationOf({ forms }: Traits, item = ''): Generation {
  if (forms !== 'mixed') return forms
  return /^microsoft\.(?:recoveryservices|resourcegroup)$/i.test(item) ? 'newer' : 'older'
}

/** The frame of a form, or undefined when it is in the shell's own document. */
export const formFrame = (traits: Traits, name: string, item?: string) =>
  generationOf(traits, item) === 'newer' ? name : undefined
