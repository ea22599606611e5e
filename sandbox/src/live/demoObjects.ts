/** What people of the live instance have stored, by bucket and key: a backup of nothing would prove nothing. */
const OBJECTS: Record<string, string> = {
  'akko-shared/welcome.txt': 'Small files for the backups of the demo.\n',
  'akko-shared/rates/2026.csv': 'month,rate\n2026-01,2.15\n2026-02,2.15\n',
  'akko-users/ana/notes.md': '# Notes\n\nAsk for the rates of March.\n',
  'akko-warehouse/banking/branches.json': JSON.stringify(
    Array.from({ length: 40 }, (_, branch) => ({ branch, city: 'Lyon' })),
  ),
};

/**
 * Puts them into their buckets, which are there.
 * @param endpoint - of the object storage, which asks for no credentials
 */
export async function putDemoObjects(endpoint: string): Promise<void> {
  for (const [path, body] of Object.entries(OBJECTS)) {
    const { ok, status } = await fetch(`${endpoint}/${path}`, {
      method: 'PUT',
      body,
    });
    if (!ok) {
      throw new Error(`the object storage answers ${status} to ${path}`);
    }
  }
}
