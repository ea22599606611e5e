type Item = Record<string, unknown>;

// `patchMergeKey` of the fields' Go types, for the kinds that the sandbox serves.
const mergeKeys: Record<string, string> = {
  conditions: 'type',
  containers: 'name',
  env: 'name',
  ephemeralContainers: 'name',
  hostAliases: 'ip',
  imagePullSecrets: 'name',
  initContainers: 'name',
  ownerReferences: 'uid',
  ports: 'containerPort',
  secrets: 'name',
  topologySpreadConstraints: 'topologyKey',
  volumeDevices: 'devicePath',
  volumeMounts: 'mountPath',
  volumes: 'name',
};

/** Lists of plain values that are merged as sets. */
const sets = ['finalizers'];

/**
 * Strategic merge patch: lists of known fields are merged by their key, others replaced; with the directives
 * `$patch`, `$deleteFromPrimitiveList/…`, `$retainKeys` and `$setElementOrder/…`.
 */
export function strategicMerge(target: unknown, patch: unknown): unknown {
  if (!isItem(patch)) {
    return patch;
  }
  if (patch.$patch === 'replace') {
    return without(patch, '$patch');
  }
  if (patch.$patch === 'delete') {
    return {};
  }
  let result: Item = isItem(target) ? { ...target } : {};
  if (Array.isArray(patch.$retainKeys)) {
    const kept = patch.$retainKeys as string[];
    result = Object.fromEntries(
      Object.entries(result).filter(([key]) => kept.includes(key)),
    );
  }
  for (const [key, value] of Object.entries(patch)) {
    mergeField(result, key, value);
  }
  return result;
}

function mergeField(result: Item, key: string, value: unknown): void {
  const [directive, field] = key.split('/');
  if (directive === '$deleteFromPrimitiveList') {
    const doomed = value as unknown[];
    result[field] = ((result[field] as unknown[]) ?? []).filter(
      each => !doomed.includes(each),
    );
  } else if (key.startsWith('$')) {
    // Orders and retained keys say nothing about values.
  } else if (value === null) {
    delete result[key];
  } else if (Array.isArray(value)) {
    result[key] = mergeList(key, result[key], value);
  } else {
    result[key] = strategicMerge(result[key], value);
  }
}

function mergeList(
  field: string,
  target: unknown,
  patch: unknown[],
): unknown[] {
  const current = Array.isArray(target) ? target : [];
  if (sets.includes(field)) {
    return [...new Set([...current, ...patch])];
  }
  const mergeKey = mergeKeys[field];
  if (!mergeKey || !patch.every(isItem)) {
    return patch;
  }
  const items = patch as Item[];
  if (items.some(item => item.$patch === 'replace')) {
    return items.filter(item => item.$patch !== 'replace');
  }
  let result = current as Item[];
  for (const item of items) {
    const isSame = (other: Item) => other[mergeKey] === item[mergeKey];
    if (item.$patch === 'delete') {
      result = result.filter(other => !isSame(other));
    } else if (result.some(isSame)) {
      result = result.map(other =>
        isSame(other) ? (strategicMerge(other, item) as Item) : other,
      );
    } else {
      result = [...result, strategicMerge({}, item) as Item];
    }
  }
  return result;
}

function without(item: Item, field: string): Item {
  const { [field]: _, ...rest } = item;
  return rest;
}

function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
