import type { InstanceSummary } from '@akko/backstage-plugin-akko-common';
import { useState } from 'react';
import { BulkRerunDialog } from '../rerun/BulkRerunDialog';
import type { FleetOrder } from './fleetRows';
import { FleetTable } from './FleetTable';
import { rerunnableOf, type Rerunnable } from './rerunnable';
import { SelectionBar } from './SelectionBar';

/** The instances that match, of which some can be chosen, and their failed jobs run again. */
export function Instances(props: {
  instances: InstanceSummary[];
  order: FleetOrder;
  /** Refs of the chosen ones, also of those that are not shown now or that the viewer may not re-run. */
  selected: ReadonlySet<string>;
  onSelect: (refs: ReadonlySet<string>) => void;
}) {
  const { instances, onSelect, order } = props;
  const [asked, setAsked] = useState<Rerunnable>();
  // An instance that has nothing left to re-run, or left the list, is no longer chosen.
  const chosen = rerunnableOf(
    instances.filter(({ ref }) => props.selected.has(ref)),
  );
  return (
    <>
      {chosen.able.length > 0 && (
        <SelectionBar
          selected={chosen.able}
          leftOut={chosen.barred.length}
          onRerun={() => setAsked(chosen)}
          onClear={() => onSelect(new Set())}
        />
      )}
      <FleetTable
        instances={instances}
        order={order}
        selected={new Set(chosen.able.map(({ ref }) => ref))}
        onSelect={onSelect}
        onRerun={instance => setAsked({ able: [instance], barred: [] })}
      />
      {asked && (
        <BulkRerunDialog
          instances={asked.able}
          leftOut={asked.barred.length}
          onClose={() => {
            setAsked(undefined);
            onSelect(new Set());
          }}
        />
      )}
    </>
  );
}
