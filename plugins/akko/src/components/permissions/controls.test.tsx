import {
  ANNOTATION_INSTANCE,
  type Finding,
  type Instance,
} from '@akko/backstage-plugin-akko-common';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { Route, Routes } from 'react-router-dom';
import { backupHandlers } from '../../__testUtils__/backupHandlers';
import { lacking, pressInVain, whyBarred } from '../../__testUtils__/barred';
import {
  aBackup,
  aFinding,
  anInstance,
  aRun,
  aSummary,
  REF,
  without,
} from '../../__testUtils__/fixtures';
import { BASE, renderAkko } from '../../__testUtils__/renderAkko';
import { AkkoRouter } from '../AkkoRouter';
import { BootstrapCard } from '../card/BootstrapCard';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

interface Place {
  /** Below `/akko`; undefined: the card on the page of an entity. */
  route?: string;
  /** What is different of the instance. */
  change?: Partial<Instance>;
  /** Opened before the controls can be seen. */
  menu?: string;
  /** The permission that each control there needs, by the name of the control. */
  controls: Record<string, string>;
}

const findings = (
  [
    { type: 'rerun', jobs: ['postgres-init', 'superset-bootstrap'] },
    { type: 'backup', backup: 'backup-minio' },
    { type: 'drill', backup: 'backup-minio' },
    { type: 'resume', backup: 'backup-minio' },
  ] as const
).map(action =>
  aFinding({ id: action.type, action: action as Finding['action'] }),
);

/** Everywhere where something can be done. */
const places: Record<string, Place> = {
  'instance page': {
    route: `/${REF}`,
    change: { findings },
    controls: {
      'Re-run 1 failed job': 'akko.job.run',
      'More ways to re-run': 'akko.job.run',
      'Re-run postgres-init, superset-bootstrap': 'akko.job.run',
      'Back up backup-minio now': 'akko.backup.run',
      'Prove backup-minio by a restore': 'akko.drill.run',
      'Resume the schedule of backup-minio': 'akko.backup.change',
      Log: 'akko.log.read',
    },
  },
  'menu of a job': {
    route: `/${REF}?view=table`,
    menu: 'Actions for Keycloak clients',
    controls: {
      'Re-run keycloak-clients': 'akko.job.run',
      Log: 'akko.log.read',
      Manifest: 'akko.log.read',
    },
  },
  'drawer of a run': {
    route: `/${REF}?job=keycloak-clients`,
    controls: { 'Re-run keycloak-clients': 'akko.job.run' },
  },
  'tab of backups': {
    route: `/${REF}?tab=backups`,
    controls: {
      'Back up now': 'akko.backup.run',
      'Pause schedule…': 'akko.backup.change',
      'Prove by a restore…': 'akko.drill.run',
    },
  },
  'backup that is paused': {
    route: `/${REF}?tab=backups`,
    change: { backups: [aBackup({ suspended: true })] },
    controls: { 'Resume schedule…': 'akko.backup.change' },
  },
  'fleet page': {
    route: '',
    controls: {
      [`Re-run 1 failed job: ${REF}`]: 'akko.job.run',
      [`Select ${REF}`]: 'akko.job.run',
      'Select all with failed jobs': 'akko.job.run',
    },
  },
  'card of an entity': {
    controls: { 'Re-run 1 failed job': 'akko.job.run' },
  },
};

/** Shows a place to somebody with these permissions. @returns what was asked of the backend since */
async function show({ change, menu, route }: Place, permissions: string[]) {
  const instance = anInstance(undefined, {
    backups: [aBackup()],
    ...change,
    permissions,
  });
  const asked: unknown[] = [];
  server.use(
    ...backupHandlers(),
    http.get(`${BASE}/clusters`, () => HttpResponse.json({ items: [] })),
    http.get(`${BASE}/findings`, () =>
      HttpResponse.json({ items: [], groups: [] }),
    ),
    http.get(`${BASE}/instances`, () =>
      HttpResponse.json({
        items: [aSummary({ permissions })],
        totals: { total: 1 },
      }),
    ),
    http.get(`${BASE}/instances/${REF}`, () => HttpResponse.json(instance)),
    http.get(`${BASE}/instances/${REF}/jobs/:job/runs`, () =>
      HttpResponse.json({ items: [aRun()] }),
    ),
    http.get(`${BASE}/runs/run-1`, () => HttpResponse.json(aRun())),
    http.get(`${BASE}/runs/run-1/log`, () => HttpResponse.text('')),
    http.post(`${BASE}/instances/${REF}/operations`, async ({ request }) => {
      asked.push(await request.json());
      return HttpResponse.json({ steps: [], warnings: [] });
    }),
  );
  if (route === undefined) {
    await renderAkko(
      <EntityProvider
        entity={{
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            name: 'akko',
            annotations: { [ANNOTATION_INSTANCE]: REF },
          },
        }}
      >
        <BootstrapCard />
      </EntityProvider>,
    );
  } else {
    await renderAkko(
      <Routes>
        <Route path="/akko/*" element={<AkkoRouter />} />
      </Routes>,
      { route: `/akko${route}` },
    );
  }
  if (menu) {
    await userEvent.click(await screen.findByRole('button', { name: menu }));
  }
  return asked;
}

/** Finds a control by its words or its label. By its role takes seconds on a page of that many. */
async function find(name: string, { menu }: Place): Promise<HTMLElement> {
  const kind = menu ? '[role="menuitem"]' : 'button, input';
  const control = await waitFor(() => {
    const found = [
      ...screen.queryAllByLabelText(name),
      ...screen.queryAllByText(name),
    ].map(element => element.closest<HTMLElement>(kind));
    expect(found).toContainEqual(expect.any(HTMLElement));
    return found.find(element => element !== null)!;
  });
  expect(control).toHaveAccessibleName(name);
  return control;
}

const cases = Object.entries(places).flatMap(([where, { controls }]) =>
  [...new Set(Object.values(controls))].map(missing => [where, missing]),
);

describe('what somebody may do', () => {
  it.each(cases)(
    'on the %s without %s is all else, and what needs it says so and does nothing',
    async (where, missing) => {
      const place = places[where];
      const asked = await show(place, without(missing));
      const told: Record<string, string | undefined> = {};
      const barred: HTMLElement[] = [];
      for (const name of Object.keys(place.controls)) {
        const control = await find(name, place);
        told[name] = whyBarred(control);
        if (told[name]) {
          barred.push(control);
        }
      }
      expect(told).toEqual(
        Object.fromEntries(
          Object.entries(place.controls).map(([name, needed]) => [
            name,
            needed === missing ? lacking(missing) : undefined,
          ]),
        ),
      );
      const dialogs = screen.queryAllByRole('dialog').length;
      for (const control of barred) {
        await pressInVain(control);
        expect(control).toBeInTheDocument();
        expect(screen.queryAllByRole('dialog')).toHaveLength(dialogs);
      }
      expect(asked).toEqual([]);
    },
  );
});
