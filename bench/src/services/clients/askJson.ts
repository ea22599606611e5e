/**
 * Asks a service over HTTP and reads its JSON.
 * @returns undefined for an answer without a body, and for 404
 * @throws Error for every other status than 2xx and 404
 */
export async function askJson(
  url: string,
  { token, method, json }: { token: string; method?: string; json?: unknown },
): Promise<any> {
  const answer = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(json !== undefined && { 'content-type': 'application/json' }),
    },
    body: json === undefined ? undefined : JSON.stringify(json),
  });
  const text = await answer.text();
  if (answer.status === 404) {
    return undefined;
  }
  if (!answer.ok) {
    throw new Error(`${method ?? 'GET'} ${url}: ${answer.status} ${text}`);
  }
  return text ? JSON.parse(text) : undefined;
}

/**
 * Gets a token by an OAuth form.
 * @throws Error when there is none
 */
export async function askToken(
  url: string,
  form: Record<string, string>,
): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  if (!answer.ok) {
    throw new Error(`POST ${url}: ${answer.status} ${await answer.text()}`);
  }
  return (await answer.json()).access_token;
}
