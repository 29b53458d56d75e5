import { fileURLToPath } from 'node:url'
import { readSteps } from '../../src/action/read-step.ts'
import { readArticle } from '../../src/article/read-article.ts'
import { makePlan, type PlanInput } from '../../src/plan/make-plan.ts'
import type { Plan, PlannedAction } from '../../src/plan/plan.ts'
import { readResourceTypes } from '../../src/plan/resource-type.ts'

/** The resource types that ship with Verbatim. */
export const shippedTypes = readResourceTypes([fileURLToPath(new URL('../../src/plan/resources', import.meta.url))])

/** The plan of an article that is given as Markdown, for a run `k3x9q2` on the portal surface unless told otherwise. */
export function planOf(
  text: string,
  changes: Partial<PlanInput> & { files?: Record<string, string>; path?: string } = {},
): Plan {
  const { files = {}, path = 'article.md', ...input } = changes
  const article = readArticle({ path, text }, { docsRoot: '.', readFile: name => files[name] })
  return makePlan({
    article,
    procedures: readSteps(article),
    sources: { [path]: article.hash },
    surface: 'portal',
    runbook: {},
    run: 'k3x9q2',
    names: 'own',
    allowShell: false,
    resourceTypes: shippedTypes,
    subscription: 'Contoso Test',
    env: {},
    secrets: {},
    ...input,
  })
}

/** All actions of a plan, in order. */
export function actionsOf(plan: Plan): PlannedAction[] {
  return plan.steps.flatMap(step => step.actions)
}

/** The refusals' rules, in order of place. */
export function rulesOf(plan: Plan): string[] {
  return plan.refusals.map(refusal => refusal.rule)
}

/** One plain procedure that makes a vault in a new resource group and deletes both. */
export const vaultArticle = [
  '---',
  'title: Store backups in a vault',
  'ms.author: casey',
  'ms.service: azure-backup',
  '---',
  '# Store backups in a vault',
  '',
  '## Create the vault',
  '',
  '1. Sign in to the [Azure portal](https://portal.azure.com).',
  '1. On the **Basics** tab of **Create Recovery Services vault**, enter or select these values:',
  '',
  '    | Setting | Value |',
  '    | --- | --- |',
  '    | **Project details** | |',
  '    | Subscription | Select your subscription. |',
  '    | Resource group | Select **Create new**. <br> Enter *myGroup* in **Name**. <br> Select **OK**. |',
  '    | **Instance details** | |',
  '    | Vault name | Enter *myVault*. |',
  '    | Region | Select **North Europe**. |',
  '',
  '1. On the **Redundancy** tab, for **Backup Storage Redundancy**, select **Locally-redundant**.',
  '1. Select **Review + create**.',
  '1. Select **Create**.',
  '',
  '## Clean up resources',
  '',
  '1. In the search box, enter *myGroup*. Select **myGroup** from the search results.',
  '1. On the **Overview** page, select **Delete resource group**.',
  '1. In **Delete a resource group**, enter *myGroup*, and then select **Delete**.',
  '',
].join('\n')
