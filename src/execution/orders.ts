import type { CloudDefinition } from '../cloud/definition.ts'

/** What the command hands to the workers through their environment: nothing of it is written to a file. */
export interface WorkerOrders {
  cloud: CloudDefinition
  secrets: Record<string, string>
  output: string
}

/** The variable that holds the orders, as JSON. */
export const ordersVariable = 'VERBATIM_ORDERS'
