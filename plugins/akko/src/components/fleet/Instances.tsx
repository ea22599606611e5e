import type { InstanceSummary } from '@akko/backstage-plugin-akko-common';
import { useState } from 'react';
import { BulkRerunDialog } from '../rerun/BulkRerunDialog';
import type { FleetOrder } from './fleetRows';
import { FleetTable } from './FleetTable';
import { isRerunnable } from './isRerunnable';
import { SelectionBar } from './SelectionBar';

/** The instances that match, of which some can be chosen, and their failed jobs run again. */
export function Instances(props: {
  instances: InstanceSummary[];
  order: FleetOrder;
}) {
  const { instances, order } = props;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<InstanceSummary[]>();
  // An instance that has nothing left to re-run, or left the list, is no longer chosen.
  const selected = instances.filter(
    one => chosen.has(one.ref) && isRerunnable(one),
  );
  return (
    <>
      {selected.length > 0 && (
        <SelectionBar
          selected={selected}
          onRerun={() => setAsked(selected)}
          onClear={() => setChosen(new Set())}
        />
      )}
      <FleetTable
        instances={instances}
        order={order}
        selected={new Set(selected.map(({ ref }) => ref))}
        onSelect={setChosen}
        onRerun={instance => setAsked([instance])}
      />
      {asked && (
        <BulkRerunDialog
          instances={asked}
          onClose={() => {
            setAsked(undefined);
            setChosen(new Set());
          }}
        />
      )}
    </>
  );
}
