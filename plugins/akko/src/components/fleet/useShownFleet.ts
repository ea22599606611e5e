import { useMemo } from 'react';
import { useCauses } from '../../hooks/useCauses';
import {
  useFleet,
  type FleetFilter,
  type FleetView,
} from '../../hooks/useFleet';
import { useInstanceEntities } from '../../hooks/useInstanceEntities';
import { useLast } from '../common/useLast';
import { hasCause, narrowed } from './fleetRows';

/** The fleet through a filter: what the API finds, less what only the catalog and the findings can tell. */
export function useShownFleet(filter: FleetFilter) {
  const live = useFleet(filter);
  const entities = useInstanceEntities();
  const causes = useCauses();
  // While another filter is asked for, what was found last stays in sight.
  const found = useLast(live.status === 'ready' ? live.value : undefined);
  const groups = causes.status === 'ready' ? causes.value : undefined;
  const { cause, health, owned } = filter;
  const view = useMemo((): FleetView | undefined => {
    if (!found || (!owned && !cause)) {
      return found;
    }
    const isOfCause = cause ? hasCause(cause, groups ?? []) : () => true;
    return narrowed(
      found,
      instance =>
        isOfCause(instance) && (!owned || entities.isOwned(instance.ref)),
      health,
    );
  }, [cause, entities, found, groups, health, owned]);
  const isWaiting =
    (owned && entities.isLoading) || (cause && causes.status === 'loading');
  return { live, entities, causes, view: isWaiting ? undefined : view };
}
