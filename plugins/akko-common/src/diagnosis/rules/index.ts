import { clientSecretWrong } from './words/clientSecretWrong';
import { directoryBindRefused } from './words/directoryBindRefused';
import { directoryEmpty } from './words/directoryEmpty';
import { diskFull } from './words/diskFull';
import { duplicateDatabase } from './words/duplicateDatabase';
import { extensionNotAvailable } from './words/extensionNotAvailable';
import { keycloakForbidden } from './words/keycloakForbidden';
import { keycloakRealmMissing } from './words/keycloakRealmMissing';
import { keycloakUnauthorised } from './words/keycloakUnauthorised';
import { litellmUnreachable } from './words/litellmUnreachable';
import {
  bucketMissing,
  clockSkew,
  conflict,
  databaseMissing,
  misconfigured,
  reported,
  tooManyConnections,
  toolTooOld,
} from './words/others';
import { networkPolicy } from './words/networkPolicy';
import { passwordMismatch } from './words/passwordMismatch';
import { polarisInitialising } from './words/polarisInitialising';
import { polarisInvalidScope } from './words/polarisInvalidScope';
import { roleOrPermissionMissing } from './words/roleOrPermissionMissing';
import { supersetLoginRefused } from './words/supersetLoginRefused';
import { supersetTableMissing } from './words/supersetTableMissing';
import { targetNameUnknown } from './words/targetNameUnknown';
import { targetRefused } from './words/targetRefused';
import { targetServerError } from './words/targetServerError';
import { targetTimeout } from './words/targetTimeout';
import { targetTls } from './words/targetTls';
import type { WordsRule } from './types';

/** The first that knows a line, among those that tell as much, decides: what is about one service comes before what is about any. */
export const WORDS_RULES: readonly WordsRule[] = [
  polarisInvalidScope,
  diskFull,
  extensionNotAvailable,
  duplicateDatabase,
  databaseMissing,
  bucketMissing,
  toolTooOld,
  tooManyConnections,
  clockSkew,
  directoryBindRefused,
  directoryEmpty,
  keycloakRealmMissing,
  keycloakForbidden,
  keycloakUnauthorised,
  supersetLoginRefused,
  supersetTableMissing,
  clientSecretWrong,
  passwordMismatch,
  roleOrPermissionMissing,
  targetTls,
  targetNameUnknown,
  litellmUnreachable,
  polarisInitialising,
  targetServerError,
  targetRefused,
  networkPolicy,
  targetTimeout,
];

/** For errors of reports that none of the others knows. */
export const REPORT_RULES: readonly WordsRule[] = [
  misconfigured,
  conflict,
  reported,
];
