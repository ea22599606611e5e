import { S3ServiceException } from '@aws-sdk/client-s3';
import { JobError } from '../core/JobError';
import { isUnsupported, s3Error } from './s3Errors';

const ADDRESS = 'http://akko-storage:8333';

/** What the client throws for an answer with S3's own words. */
function answered(status: number, code?: string, message = 'UnknownError') {
  return Object.assign(
    new S3ServiceException({
      name: code ?? 'Unknown',
      $fault: 'client',
      message,
      $metadata: { httpStatusCode: status },
    }),
    code && { Code: code },
  );
}

describe('s3Error', () => {
  it.each([
    [403, 'SignatureDoesNotMatch', 'authentication-failed'],
    [403, 'InvalidAccessKeyId', 'authentication-failed'],
    [404, 'XAdminUserNotFound', 'authentication-failed'],
    [403, 'AccessDenied', 'permission-denied'],
    [404, 'NoSuchBucket', 'not-found'],
    [409, 'BucketAlreadyExists', 'conflict'],
    [409, 'OperationAborted', 'service-unavailable'],
    [503, 'SlowDown', 'service-unavailable'],
    [507, 'XMinioStorageFull', 'service-unavailable'],
    [400, 'AuthorizationHeaderMalformed', 'misconfigured'],
    [403, 'RequestTimeTooSkewed', 'misconfigured'],
    [400, 'InvalidBucketName', 'misconfigured'],
    [501, 'NotImplemented', 'misconfigured'],
    [500, 'SomethingNew', 'service-unavailable'],
    [401, undefined, 'authentication-failed'],
    [403, undefined, 'permission-denied'],
    [404, undefined, 'not-found'],
    [301, undefined, 'misconfigured'],
    [502, undefined, 'service-unavailable'],
    [507, undefined, 'service-unavailable'],
  ])('takes %s %s for %s', (status, code, expected) => {
    const error = s3Error(answered(status, code), ADDRESS, 'list the buckets');

    expect(error).toMatchObject({ code: expected, service: 'object storage' });
    expect(error.nextStep).toBeTruthy();
  });

  it('says in one sentence what was tried, where, and what the storage said', () => {
    const error = s3Error(
      answered(403, 'AccessDenied', 'Access Denied.'),
      ADDRESS,
      'create the bucket akko-users',
    );

    expect(error.message).toBe(
      'object storage at http://akko-storage:8333 answered 403 to: create the bucket akko-users (AccessDenied: Access Denied).',
    );
  });

  it('puts no words into the mouth of a storage that said none', () => {
    expect(s3Error(answered(503), ADDRESS, 'list the buckets').message).toBe(
      'object storage at http://akko-storage:8333 answered 503 to: list the buckets.',
    );
  });

  it('reads the code that MinIO gives in a header', () => {
    const error = Object.assign(answered(403), {
      $response: { headers: { 'x-minio-error-code': 'SignatureDoesNotMatch' } },
    });

    expect(s3Error(error, ADDRESS, 'look for a bucket').code).toBe(
      'authentication-failed',
    );
  });

  it('tells that nobody answered', () => {
    const error = s3Error(
      Object.assign(new Error('connect ECONNREFUSED'), {
        code: 'ECONNREFUSED',
        $metadata: { attempts: 4 },
      }),
      ADDRESS,
      'list the buckets',
    );

    expect(error).toMatchObject({
      code: 'service-unavailable',
      message: expect.stringContaining('the connection was refused'),
    });
  });

  it('takes anything else for an error of the program', () => {
    const error = s3Error(new Error('strange'), ADDRESS, 'list the buckets');

    expect(error).toMatchObject({
      code: 'internal',
      message:
        'object storage at http://akko-storage:8333 failed to list the buckets: strange.',
    });
  });

  it('lets a job error be', () => {
    const error = new JobError({ code: 'conflict', message: 'As it is.' });

    expect(s3Error(error, ADDRESS, 'list the buckets')).toBe(error);
  });
});

describe('isUnsupported', () => {
  it.each([
    [501, true],
    [405, true],
    [404, false],
    [500, false],
  ])('takes status %s for %s', (status, expected) => {
    expect(isUnsupported(answered(status))).toBe(expected);
  });
});
