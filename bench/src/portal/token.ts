/** What the benchmark's own requests carry. It opens nothing but a portal that lives as long as the benchmark. */
export const TOKEN = 'benchmark-of-the-portal-alone';

/** Headers of a request to the portal under test. */
export const AUTHORIZED = { authorization: `Bearer ${TOKEN}` };
