import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import { Field } from '../common/Field';

/** As long as the API takes. */
const MAX_LENGTH = 500;

/** Why somebody asks for something. */
export function ReasonField(props: {
  value: string;
  /** It cannot be left out. */
  isRequired?: boolean;
  onChange: (reason: string) => void;
}) {
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <Field
      fullWidth
      multiline
      margin="normal"
      id="akko-rerun-reason"
      label={t(props.isRequired ? 'backup.dialog.reason' : 'rerun.reason')}
      value={props.value}
      onChange={event => props.onChange(event.target.value)}
      inputProps={{
        maxLength: MAX_LENGTH,
        'aria-required': props.isRequired,
      }}
    />
  );
}
