// Which clip of a pair stands on the left. People favour one side; shuffled, that says nothing about the clips.

/**
 * Whether this person sees the clips of this query the other way round. The same for as long as the query is open, so
 * that a reload changes nothing, and different between people: FNV-1a over the names, its bits mixed once more.
 */
export function swapped(run: string, query: number, person: string): boolean {
  const text = `${run}\n${query}\n${person}`;
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 12;
  return (hash & 1) === 1;
}
