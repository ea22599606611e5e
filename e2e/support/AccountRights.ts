import { ApiServer } from './ApiServer';
import { kubectl } from './commands';

const REVIEWS = '/apis/authorization.k8s.io/v1/subjectaccessreviews';

/** What is asked for, in the words of Kubernetes. */
export interface Attributes {
  verb: string;
  group?: string;
  resource?: string;
  subresource?: string;
  name?: string;
  namespace?: string;
  /** Of what is no resource. */
  path?: string;
}

/** Asks the authorizer of the real API server what an account may do. */
export class AccountRights {
  private readonly groups: string[];

  constructor(
    private readonly account: string,
    private readonly server = new ApiServer(),
  ) {
    const [, , namespace] = account.split(':');
    this.groups = [
      'system:serviceaccounts',
      `system:serviceaccounts:${namespace}`,
      'system:authenticated',
    ];
  }

  async may({
    path,
    verb,
    ...resourceAttributes
  }: Attributes): Promise<boolean> {
    const { status } = await this.server.post(REVIEWS, {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: {
        user: this.account,
        groups: this.groups,
        ...(path
          ? { nonResourceAttributes: { path, verb } }
          : { resourceAttributes: { verb, ...resourceAttributes } }),
      },
    });
    return status.allowed;
  }

  /** Those of the questions that are answered with yes. */
  async allowedOf<Question extends Attributes>(
    questions: readonly Question[],
  ): Promise<Question[]> {
    const answers = await Promise.all(
      questions.map(question => this.may(question)),
    );
    return questions.filter((_, index) => answers[index]);
  }

  /**
   * All that it may do with the resources that this API server has, sorted, such as `batch/jobs delete`, without what every account may.
   * @param namespace one namespace; all of them, and what is in none, if left out
   */
  async everything(namespace?: string): Promise<string[]> {
    const nobody = new AccountRights(
      this.account.replace(/[^:]+$/, 'nobody-knows-it'),
      this.server,
    );
    const questions = (await everyResource()).map(attributes => ({
      ...attributes,
      namespace,
    }));
    const mine = await this.allowedOf(questions);
    const everybodys = new Set(await nobody.allowedOf(mine));
    return mine
      .filter(question => !everybodys.has(question))
      .map(nameOf)
      .sort();
  }
}

function nameOf({ group, resource, subresource, verb }: Attributes): string {
  const name = [group || 'core', resource, subresource].filter(Boolean);
  return `${name.join('/')} ${verb}`;
}

let resources: Promise<Attributes[]> | undefined;

/** Every verb of every resource that the API server tells of. */
function everyResource(): Promise<Attributes[]> {
  resources ??= (async () => {
    const get = async (path: string) =>
      JSON.parse(await kubectl(['get', '--raw', path]));
    const { groups } = await get('/apis');
    const versions = [
      { group: '', path: '/api/v1' },
      ...groups.map(({ name, preferredVersion }: any) => ({
        group: name,
        path: `/apis/${preferredVersion.groupVersion}`,
      })),
    ];
    const lists = await Promise.all(
      versions.map(async ({ group, path }) =>
        (
          await get(path)
        ).resources.flatMap(({ name, verbs }: any) => {
          const [resource, subresource] = name.split('/');
          return verbs.map((verb: string) => ({
            group,
            resource,
            subresource,
            verb,
          }));
        }),
      ),
    );
    return lists.flat();
  })();
  return resources;
}
