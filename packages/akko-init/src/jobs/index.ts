import type { Job } from '../core/Job';
import { aiFunctions } from './ai-functions/aiFunctions';
import { backupMinio } from './backup-minio/backupMinio';
import { backupPostgres } from './backup-postgres/backupPostgres';
import { bootstrapAdmin } from './bootstrap-admin/bootstrapAdmin';
import { drillMinio } from './drill-minio/drillMinio';
import { drillPostgres } from './drill-postgres/drillPostgres';
import { keycloakClients } from './keycloak-clients/keycloakClients';
import { keycloakSync } from './keycloak-sync/keycloakSync';
import { minioInit } from './minio-init/minioInit';
import { ollamaModels } from './ollama-models/ollamaModels';
import { polarisInit } from './polaris-init/polarisInit';
import { postgresDataInit } from './postgres-data-init/postgresDataInit';
import { postgresInit } from './postgres-init/postgresInit';
import { supersetBootstrap } from './superset-bootstrap/supersetBootstrap';

/** Every job of the program, in the order in which a bootstrap runs them. */
export const jobs: readonly Job[] = [
  postgresInit,
  postgresDataInit,
  minioInit,
  polarisInit,
  keycloakClients,
  keycloakSync,
  bootstrapAdmin,
  aiFunctions,
  supersetBootstrap,
  ollamaModels,
  backupPostgres,
  backupMinio,
  drillPostgres,
  drillMinio,
];
