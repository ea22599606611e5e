import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Chip from '@material-ui/core/Chip';
import Tooltip from '@material-ui/core/Tooltip';
import { akkoTranslationRef } from '../../translation';

/** Says that what is shown is simulated. */
export function SandboxChip() {
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <Tooltip title={t('sandbox.hint')}>
      <Chip
        size="small"
        variant="outlined"
        label={t('sandbox')}
        style={{ margin: 0 }}
      />
    </Tooltip>
  );
}
