import type { Json, JsonObject } from './request.ts'
import { isObject } from './request.ts'

/** JSON Merge Patch (RFC 7396), as ARM's PATCH means it: objects are merged, `null` takes a member away, all else replaces. */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...target }
  for (const [key, value] of Object.entries(patch)) {
    const present = target[key]
    if (value === null) delete merged[key]
    else merged[key] = isObject(value) ? mergePatch(isObject(present) ? present : {}, value) : value
  }
  return merged
}
