import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import { Field } from '../common/Field';

/** As long as the API takes. */
const MAX_LENGTH = 500;

/** Why somebody runs jobs again. */
export function ReasonField(props: {
  value: string;
  onChange: (reason: string) => void;
}) {
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <Field
      fullWidth
      multiline
      margin="normal"
      id="akko-rerun-reason"
      label={t('rerun.reason')}
      value={props.value}
      onChange={event => props.onChange(event.target.value)}
      inputProps={{ maxLength: MAX_LENGTH }}
    />
  );
}
