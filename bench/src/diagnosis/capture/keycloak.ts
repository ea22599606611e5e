import type { CaseContext } from './CaseContext';
import { imageOf, server } from './servers';

/** A token as Keycloak makes them, of no realm: its signature is of no key. */
export const token = [
  { alg: 'RS256', typ: 'JWT', kid: 'gone' },
  { iss: 'http://akko-keycloak:8080/realms/master', exp: 1, typ: 'Bearer' },
  'none',
]
  .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');

/** A Keycloak of the case's own, with the administrator of the Secret akko-keycloak and the realm akko. */
export async function startKeycloak(context: CaseContext): Promise<void> {
  const name = 'akko-keycloak';
  const login = (variable: string, key: string) => ({
    name: variable,
    valueFrom: { secretKeyRef: { name, key } },
  });
  await context.create(
    ...server({
      name,
      image: await imageOf(context, name),
      ports: [8080],
      container: {
        env: [
          login('KC_BOOTSTRAP_ADMIN_USERNAME', 'admin-user'),
          login('KC_BOOTSTRAP_ADMIN_PASSWORD', 'admin-password'),
        ],
        readinessProbe: {
          httpGet: { path: '/health/ready', port: 9000 },
          periodSeconds: 2,
        },
        volumeMounts: [{ name: 'data', mountPath: '/opt/keycloak/data/h2' }],
      },
      pod: {
        securityContext: { fsGroup: 1000 },
        volumes: [{ name: 'data', emptyDir: {} }],
      },
    }),
  );
  await context.isReady(name);
}
