import { z } from 'zod';
import { commonConfig } from '../../core/loadConfig';
import { secretSource } from '../../core/Secrets';
import { keycloakConfig } from '../../keycloak/keycloakConfig';
import { redirectUriProblem, webOriginProblem } from './uriPatterns';

/** A pattern, with the words of what is wrong with it. */
function checkedPattern(problemOf: (pattern: string) => string | undefined) {
  return z.string().superRefine((pattern, context) => {
    const problem = problemOf(pattern);
    if (problem) {
      context.addIssue({ code: 'custom', message: `${pattern}: ${problem}` });
    }
  });
}

const clientConfig = z
  .strictObject({
    clientId: z.string().min(1),
    /** What people read; used when the client is made. */
    name: z.string().optional(),
    /** `{domain}` stands for the domain of the platform. */
    redirectUris: z.array(checkedPattern(redirectUriProblem)).default([]),
    webOrigins: z.array(checkedPattern(webOriginProblem)).default([]),
    /** Used when the client is made; Keycloak makes one up unless given. */
    secret: secretSource.optional(),
    /** A client that cannot keep a secret: a page in a browser. */
    publicClient: z.boolean().default(false),
    /** Whether the client signs in for itself. */
    serviceAccounts: z.boolean().default(false),
  })
  .refine(
    ({ publicClient, secret, serviceAccounts }) =>
      !publicClient || (!secret && !serviceAccounts),
    'a public client has neither a secret nor a service account',
  );

/** Configuration of `keycloak-clients`. */
export const keycloakClientsConfig = z.strictObject({
  ...commonConfig,
  keycloak: keycloakConfig,
  /** The domain of the platform, with a port where it has one. */
  domain: z
    .string()
    .regex(
      /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?$/i,
      'a domain has the form name.name, without a protocol, a path or a wildcard',
    ),
  clients: z.array(clientConfig),
});

/** See {@link keycloakClientsConfig}. */
export type KeycloakClientsConfig = z.output<typeof keycloakClientsConfig>;

/** A client as the values want it. */
export type ClientConfig = z.output<typeof clientConfig>;
