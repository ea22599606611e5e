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
  /** Refs of the chosen ones, also of those that are not shown now. */
  selected: ReadonlySet<string>;
  onSelect: (refs: ReadonlySet<string>) => void;
}) {
  const { instances, onSelect, order } = props;
  const [asked, setAsked] = useState<InstanceSummary[]>();
  // An instance that has nothing left to re-run, or left the list, is no longer chosen.
  const selected = instances.filter(
    one => props.selected.has(one.ref) && isRerunnable(one),
  );
  return (
    <>
      {selected.length > 0 && (
        <SelectionBar
          selected={selected}
          onRerun={() => setAsked(selected)}
          onClear={() => onSelect(new Set())}
        />
      )}
      <FleetTable
        instances={instances}
        order={order}
        selected={new Set(selected.map(({ ref }) => ref))}
        onSelect={onSelect}
        onRerun={instance => setAsked([instance])}
      />
      {asked && (
        <BulkRerunDialog
          instances={asked}
          onClose={() => {
            setAsked(undefined);
            onSelect(new Set());
          }}
        />
      )}
    </>
  );
}
