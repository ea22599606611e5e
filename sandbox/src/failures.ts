/** How a job fails: what its log says and what it reports. */
export interface Failure {
  lines: string[];
  error: { code: string; service: string; message: string };
  /** The service was reached, so that all first lines were written. */
  keepsGreeting?: boolean;
  exitCode?: number;
  seconds?: number;
}

/** The Secret was changed, the running server was not. */
export const refusedAdminPassword: Failure = {
  lines: [
    'keycloak http://akko-keycloak:8080 answers HTTP 401 to POST /realms/master/protocol/openid-connect/token, invalid_grant',
    'ERROR authentication-failed: Keycloak refuses the admin password (invalid_grant: Invalid user credentials)',
    'The Secret akko-keycloak differs from the running server. Update one of them, then run this job again.',
  ],
  error: {
    code: 'authentication-failed',
    service: 'keycloak',
    message:
      'Keycloak refuses the admin password (invalid_grant: Invalid user credentials)',
  },
};

/** The schema of its database is not there yet. */
export const polarisNotReady: Failure = {
  lines: [
    'polaris http://akko-akko-polaris:8181 answers HTTP 500 to POST /api/catalog/v1/oauth/tokens, again in 2 s',
    'polaris http://akko-akko-polaris:8181 answers HTTP 500 to POST /api/catalog/v1/oauth/tokens, again in 4 s',
    'polaris http://akko-akko-polaris:8181 answers HTTP 500 to POST /api/catalog/v1/oauth/tokens, again in 8 s',
    'ERROR service-unavailable: Polaris answers HTTP 500 while its database schema is being built',
  ],
  error: {
    code: 'service-unavailable',
    service: 'polaris',
    message:
      'Polaris answers HTTP 500 while its database schema is being built',
  },
};

export const wrongDatabasePassword: Failure = {
  lines: [
    'ERROR authentication-failed: password authentication failed for user "postgres"',
    'The data volume keeps the password that it was created with; the Secret akko-postgresql has another one.',
  ],
  error: {
    code: 'authentication-failed',
    service: 'postgresql',
    message: 'password authentication failed for user "postgres"',
  },
};

export const extensionNotAvailable: Failure = {
  keepsGreeting: true,
  lines: [
    'database banking: unchanged',
    'ERROR misconfigured: extension "vector" is not available (could not open extension control file)',
    'The server does not run the image akko-postgres, which brings it.',
  ],
  error: {
    code: 'misconfigured',
    service: 'postgresql',
    message: 'extension "vector" is not available on akko-postgresql-data',
  },
};

/** Ends by the Job's deadline, not by itself. */
export const supersetTimeout: Failure = {
  lines: [
    'superset http://akko-superset:8088/health: connection refused, again in 5 s',
    'superset http://akko-superset:8088/health: connection refused, again in 10 s',
    'superset http://akko-superset:8088/health: connection refused, again in 20 s',
    'ERROR timeout: Superset did not become ready within 60 s (connection refused)',
  ],
  error: {
    code: 'timeout',
    service: 'superset',
    message: 'Superset did not become ready within 60 s (connection refused)',
  },
  seconds: 60,
};

export const volumeFull: Failure = {
  keepsGreeting: true,
  lines: [
    'akko-warehouse: written',
    'ERROR internal: write /backup/minio-incoming: No space left on device',
  ],
  error: {
    code: 'internal',
    service: 's3',
    message: 'write /backup/minio-incoming: No space left on device',
  },
  seconds: 190,
};
