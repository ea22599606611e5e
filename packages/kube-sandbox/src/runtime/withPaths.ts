/**
 * Replaces paths of a container by those of this machine, wherever they stand as a whole path or as its beginning: `/data` in `/data/x` and in
 * `--dir=/data`, but neither in `/database` nor in `postgres://db/data`. What was replaced is not looked at again.
 * @param paths - from path to path
 */
export function withPaths(
  text: string,
  paths: ReadonlyMap<string, string>,
): string {
  const longestFirst = [...paths.keys()].sort((a, b) => b.length - a.length);
  if (longestFirst.length === 0) {
    return text;
  }
  const any = longestFirst
    .map(path => path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|');
  return text.replace(
    new RegExp(`(?<![\\w.~/-])(?:${any})(?![\\w.-])`, 'g'),
    path => paths.get(path)!,
  );
}
