import { backendUrl } from './portal';

/** The frontend answers before the backend does. */
export default async function waitForBackend(): Promise<void> {
  const deadline = Date.now() + 180_000;
  let last = 'no answer';
  while (Date.now() < deadline) {
    try {
      const response = await fetch(
        `${backendUrl}/.backstage/health/v1/readiness`,
      );
      if (response.ok) return;
      last = `status ${response.status}`;
    } catch (error) {
      last = String(error);
    }
    await new Promise(resolve => setTimeout(resolve, 500));
  }
  throw new Error(`The backend at ${backendUrl} is not ready: ${last}`);
}
