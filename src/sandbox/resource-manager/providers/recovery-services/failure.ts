import { ArmFailure } from '../../failure.ts'

/** Recovery Services adds three empty fields to its errors (azure-facts.md §4.1). */
export function vaultFailure(code: string, message: string): ArmFailure {
  return new ArmFailure(400, { code, message, target: null, details: null, innerError: null }, 'service')
}
