/** How a job fails: what its log says and what it reports. */
export interface Failure {
  lines: string[];
  error: { code: string; service: string; message: string; nextStep: string };
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
    'ERROR next step: The Secret akko-keycloak differs from the running server. Update one of them, then run the job again.',
  ],
  error: {
    code: 'authentication-failed',
    service: 'keycloak',
    message:
      'Keycloak refuses the admin password (invalid_grant: Invalid user credentials)',
    nextStep:
      'The Secret akko-keycloak differs from the running server. Update one of them, then run the job again.',
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
    nextStep:
      'Wait until the Polaris pod is ready, then run the job again; its log says how far the schema is.',
  },
};

export const wrongDatabasePassword: Failure = {
  lines: [
    'ERROR authentication-failed: password authentication failed for user "postgres"',
    'ERROR next step: The data volume keeps the password that it was created with. Set it in the server or correct the Secret akko-postgresql, then run the job again.',
  ],
  error: {
    code: 'authentication-failed',
    service: 'postgresql',
    message: 'password authentication failed for user "postgres"',
    nextStep:
      'The data volume keeps the password that it was created with. Set it in the server or correct the Secret akko-postgresql, then run the job again.',
  },
};

export const extensionNotAvailable: Failure = {
  keepsGreeting: true,
  lines: [
    'unchanged database banking',
    'ERROR misconfigured: extension "vector" is not available (could not open extension control file)',
    'ERROR next step: Let the server run the image akko-postgres, which brings it, or take it out of the values; then run the job again.',
  ],
  error: {
    code: 'misconfigured',
    service: 'postgresql',
    message: 'extension "vector" is not available on akko-postgresql-data',
    nextStep:
      'Let the server run the image akko-postgres, which brings it, or take it out of the values; then run the job again.',
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
    nextStep:
      'Look at the log of the Superset pod; when it answers /health, run the job again.',
  },
  seconds: 60,
};

/** Its node is taken away at night to save money. */
export const nodesOfNight: Failure = {
  lines: [
    'postgresql akko-postgresql:5432: the connection was refused, again in 5 s',
    'postgresql akko-postgresql:5432: the connection was refused, again in 10 s',
    'postgresql akko-postgresql:5432: the connection was refused, again in 20 s',
    'ERROR service-unavailable: postgresql at akko-postgresql:5432 is not reachable: the connection was refused (ECONNREFUSED).',
  ],
  error: {
    code: 'service-unavailable',
    service: 'postgresql',
    message:
      'postgresql at akko-postgresql:5432 is not reachable: the connection was refused (ECONNREFUSED).',
    nextStep:
      'Look at the pods of PostgreSQL and their events; when it accepts connections, run the job again.',
  },
  exitCode: 69,
  seconds: 60,
};

/** The schedule's Secret is older than the password; whoever runs it by hand has looked after that first. */
export const authenticationOfNight: Failure = {
  lines: [
    'ERROR authentication-failed: password authentication failed for user "backup"',
    'ERROR next step: Correct the Secret akko-postgresql-backup, then run the backup again.',
  ],
  error: {
    code: 'authentication-failed',
    service: 'postgresql',
    message: 'password authentication failed for user "backup"',
    nextStep:
      'Correct the Secret akko-postgresql-backup, then run the backup again.',
  },
  exitCode: 67,
  seconds: 20,
};

/** What a drill says where there is nothing to prove. */
export const noBackup: Failure = {
  lines: [
    'ERROR not-found: There is no finished backup at /backups.',
    'ERROR next step: Run the backup job first, or correct the target in the values.',
  ],
  error: {
    code: 'not-found',
    service: 'backups',
    message: 'There is no finished backup at /backups.',
    nextStep: 'Run the backup job first, or correct the target in the values.',
  },
  exitCode: 66,
};

/** What a drill says of a backup that is not what it should be. @param location - of the backup */
export function damagedBackup(location: string): Failure {
  const message = `The backup ${location} is not what its manifest says: infra/superset: table public.slices has 311 rows instead of 312.`;
  const nextStep =
    'Do not rely on this backup: name an older one to see whether that is good, take a new one now, and find out what damaged it (disk, volume, somebody by hand).';
  return {
    keepsGreeting: true,
    lines: [
      `proving the backup ${location}`,
      'checksums: all files are as the manifest says',
      `ERROR conflict: ${message}`,
      `ERROR next step: ${nextStep}`,
    ],
    error: { code: 'conflict', service: 'backups', message, nextStep },
    exitCode: 65,
    seconds: 150,
  };
}

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
    nextStep:
      'Enlarge the volume of the backups or keep fewer of them (retention), then run the backup again.',
  },
  seconds: 190,
};
