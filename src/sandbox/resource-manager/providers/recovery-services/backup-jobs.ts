import type { AzureIaaSVMJob, OperationStatusJobExtendedInfo } from '@azure/arm-recoveryservicesbackup'
import type { Estate, Resource } from '../../estate.ts'
import { resourceNotFound } from '../../failures.ts'
import { readFilter } from '../../filter.ts'
import type { Operation } from '../../operation.ts'
import { answerResult, answerStatus, signedUrl } from '../../operation.ts'
import { page } from '../../paging.ts'
import type { ArmAnswer, ArmRequest, JsonObject } from '../../request.ts'
import { findOperation } from '../../resource.ts'
import type { Route } from '../../route.ts'
import { apiVersions, namespace } from './namespace.ts'

const type = `${namespace}/vaults`
const vaultPath = `/subscriptions/:subscription/resourcegroups/:group/providers/${type}/:name`

/** What the vault did for an item; its operation goes on and ends with it. */
interface Job {
  does: 'ConfigureBackup' | 'Backup' | 'DisableBackup' | 'DeleteBackupData' | 'Undelete'
  item: { name: string; friendlyName: string }
  operation: Operation
}

export interface Jobs {
  routes: readonly Route[]
  /** Starts the work and answers 202: az and the SDKs look for the job in what the status address says. */
  start(request: ArmRequest, estate: Estate, vault: Resource, job: Omit<Job, 'operation'> & Work): ArmAnswer
}

interface Work {
  /** Azure's. */
  seconds: number
  /** Done when the time is over. */
  done?(): void
  /** Done when the operation ended otherwise. */
  undone?(): void
}

/** The jobs of vaults, by which az and articles watch what a vault does (learn.microsoft.com, "Track backup jobs"). */
export function createJobs(vaultOf: (request: ArmRequest, estate: Estate) => Resource): Jobs {
  const known = new WeakMap<Resource, Job[]>()
  const jobsOf = (vault: Resource) => known.get(vault) ?? []
  const common = { type, apiVersions }
  const item = `${vaultPath}/backupFabrics/:fabric/protectionContainers/:container/protectedItems/:item`
  const status = (request: ArmRequest, estate: Estate): ArmAnswer => {
    const operation = findOperation(request, estate)
    const answer = answerStatus(operation, request, estate.pace)
    const properties = {
      objectType: 'OperationStatusJobExtendedInfo',
      jobId: operation.id,
    } satisfies OperationStatusJobExtendedInfo
    return { ...answer, body: { ...(answer.body as JsonObject), properties } }
  }
  const find = (request: ArmRequest, estate: Estate) => {
    const vault = vaultOf(request, estate)
    const id = request.parameters['job'] ?? ''
    const job = jobsOf(vault).find(({ operation }) => operation.id === id)
    if (!job) throw resourceNotFound(`${type}/backupJobs`, id, request.parameters['group'] ?? '')
    return { vault, job }
  }
  return {
    start(request, estate, vault, { does, item: of, seconds, done, undone }) {
      const operation = estate.operations.start(async () => {
        await estate.pace.pass(seconds)
        done?.()
      })
      void operation.finished.then(() => operation.status !== 'Succeeded' && undone?.())
      known.set(vault, [{ does, item: of, operation }, ...jobsOf(vault)])
      const inItem = request.path.replace(/\/backup$/i, '')
      const address = (kind: string) => signedUrl(request, `${inItem}/${kind}/${operation.id}`)
      return {
        status: 202,
        headers: {
          'azure-asyncoperation': address('operationsStatus'),
          location: address('operationResults'),
          ...estate.pace.retryAfter(10),
        },
      }
    },
    routes: [
      ...[`${vaultPath}/backupOperations/:operation`, `${item}/operationsStatus/:operation`].map((path): Route => ({
        ...common,
        method: 'GET',
        path,
        action: `${type}/backupOperations/read`,
        outlivesGroup: true,
        answer: status,
      })),
      ...[`${vaultPath}/backupOperationResults/:operation`, `${item}/operationResults/:operation`].map(
        (path): Route => ({
          ...common,
          method: 'GET',
          path,
          action: `${type}/backupOperationResults/read`,
          outlivesGroup: true,
          answer: (request, estate) =>
            answerResult(findOperation(request, estate), request, estate.pace, { status: 204 }),
        }),
      ),
      {
        ...common,
        method: 'GET',
        path: `${vaultPath}/backupJobs`,
        action: `${type}/backupJobs/read`,
        answer(request, estate) {
          const vault = vaultOf(request, estate)
          const wanted = readFilter(request.query('$filter'))
          const found = jobsOf(vault).filter(
            job =>
              same(wanted.get('status'), statusOf(job)) &&
              same(wanted.get('operation'), job.does) &&
              same(wanted.get('backupmanagementtype'), 'AzureIaasVM'),
          )
          return page(
            request,
            found.map(job => describe(vault, job)),
          )
        },
      },
      {
        ...common,
        method: 'GET',
        path: `${vaultPath}/backupJobs/:job`,
        action: `${type}/backupJobs/read`,
        answer(request, estate) {
          const { vault, job } = find(request, estate)
          return { status: 200, body: describe(vault, job) }
        },
      },
    ],
  }
}

function same(wanted: string | undefined, value: string) {
  return wanted === undefined || wanted.toLowerCase() === value.toLowerCase()
}

function statusOf({ operation: { status } }: Job) {
  if (status === 'Succeeded') return 'Completed'
  return status === 'Canceled' ? 'Cancelled' : status
}

function describe(vault: Resource, job: Job): JsonObject {
  const { operation, does, item } = job
  const { startTime, endTime, failure } = operation
  return {
    id: `${vault.id}/backupJobs/${operation.id}`,
    name: operation.id,
    type: `${type}/backupJobs`,
    properties: {
      jobType: 'AzureIaaSVMJob',
      backupManagementType: 'AzureIaasVM',
      entityFriendlyName: item.friendlyName,
      operation: does,
      status: statusOf(job),
      startTime: startTime.toISOString(),
      ...(endTime ? { endTime: endTime.toISOString() } : {}),
      duration: `PT${(((endTime ?? new Date()).getTime() - startTime.getTime()) / 1000).toFixed(3)}S`,
      activityId: operation.id,
      isUserTriggered: true,
      ...(failure ? { errorDetails: [{ errorCode: 1, errorString: failure.error.message }] } : {}),
    } satisfies Omit<{ [Key in keyof AzureIaaSVMJob]: unknown }, never>,
  }
}
