import { parse as parseYaml } from 'yaml';
import { applyPatch as applyJsonPatch, type Operation } from 'fast-json-patch';
import { badRequest } from '../../store/errors';
import { StatusError } from '../../store/StatusError';
import type { KubernetesObject } from '../../store/types';
import { mergePatch } from './mergePatch';
import { strategicMerge } from './strategicMerge';

export type PatchFormat = 'json' | 'merge' | 'strategic' | 'apply';

const formats: Record<string, PatchFormat> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

/** @throws StatusError UnsupportedMediaType */
export function patchFormatOf(contentType: string): PatchFormat {
  const format = formats[contentType.split(';')[0].trim()];
  if (!format) {
    throw new StatusError(
      415,
      'UnsupportedMediaType',
      '415: Unsupported Media Type',
      {},
    );
  }
  return format;
}

/**
 * The object with a patch applied; the given one stays as it is.
 * Server-side apply is a strategic merge here: the sandbox keeps no field owners, so what a later apply leaves out stays.
 * @throws StatusError BadRequest for what is no patch, Invalid for a JSON patch that does not fit
 */
export function applyPatch(
  format: PatchFormat,
  current: KubernetesObject,
  body: string,
): KubernetesObject {
  const patch = parsePatch(format, body);
  switch (format) {
    case 'json':
      return applyOperations(current, patch);
    case 'merge':
      return mergePatch(current, patch) as KubernetesObject;
    default:
      return strategicMerge(current, patch) as KubernetesObject;
  }
}

function parsePatch(format: PatchFormat, body: string): unknown {
  let patch: unknown;
  try {
    patch = format === 'apply' ? parseYaml(body) : JSON.parse(body);
  } catch (error) {
    throw badRequest(`error decoding patch: ${(error as Error).message}`);
  }
  if (format === 'json' ? !Array.isArray(patch) : !isObject(patch)) {
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${
        Array.isArray(patch) ? 'array' : typeof patch
      } into Go value of type ${
        format === 'json' ? 'jsonpatch.Patch' : 'map[string]interface {}'
      }`,
    );
  }
  return patch;
}

function applyOperations(
  current: KubernetesObject,
  patch: unknown,
): KubernetesObject {
  try {
    return applyJsonPatch(
      JSON.parse(JSON.stringify(current)) as KubernetesObject,
      patch as Operation[],
      true,
    ).newDocument;
  } catch {
    throw new StatusError(
      422,
      'Invalid',
      'the server rejected our request due to an error in our request',
      {},
    );
  }
}

function isObject(value: unknown) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
