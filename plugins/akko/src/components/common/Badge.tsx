import Chip from '@material-ui/core/Chip';
import Tooltip from '@material-ui/core/Tooltip';

/** A word about what is beside it, explained when it is pointed at or read out. */
export function Badge({ label, hint }: { label: string; hint: string }) {
  return (
    <Tooltip title={hint}>
      <Chip
        size="small"
        variant="outlined"
        label={label}
        style={{ margin: 0 }}
      />
    </Tooltip>
  );
}
